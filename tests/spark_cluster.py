"""A real Spark standalone cluster on 127.0.0.1: one master and its workers, each a process that can be killed."""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

WAIT = 120.0


def missing() -> str:
    """Say what is not there to run a cluster; empty if all is."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed (pip install 'alsu-kg[spark]')"
    return "" if shutil.which("java") else "Java is not installed"


@dataclass
class Cluster:
    url: str
    place: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def kill(self, name: str) -> None:
        """Kill a worker with all that it started, as a machine that is switched off."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def start(self, name: str, *command: str) -> Path:
        log = self.place / f"{name}.log"
        home = Path(importlib.util.find_spec("pyspark").origin or "").parent  # type: ignore[union-attr]
        settings = {
            **os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable,
            "SPARK_WORKER_DIR": str(self.place / name), "SPARK_DAEMON_MEMORY": "256m",
        }  # fmt: skip
        with log.open("wb") as said:
            self.processes[name] = subprocess.Popen(
                [str(home / "bin" / "spark-class"), *command], env=settings, stdout=said, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        return log


@contextmanager
def running(place: Path, workers: int = 2) -> Iterator[Cluster]:
    """Start a master and its workers; kill what is left of them in the end."""
    cluster = Cluster("", place)
    deploy = "org.apache.spark.deploy"
    try:
        log = cluster.start(
            "master", f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"
        )
        cluster.url = waited(log, r"(spark://127\.0\.0\.1:\d+)")
        for number in range(workers):
            log = cluster.start(
                f"worker-{number}", f"{deploy}.worker.Worker", cluster.url, "--host", "127.0.0.1", "--cores", "1",
                "--memory", "1g", "--webui-port", "0",
            )  # fmt: skip
            waited(log, "(Successfully registered)")
        yield cluster
    finally:
        for name, process in cluster.processes.items():
            if process.poll() is None:
                cluster.kill(name)


def waited(log: Path, pattern: str) -> str:
    """Wait until a log says something."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        found = re.search(pattern, log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"{log.name} never said {pattern}: {log.read_text(encoding='utf-8')[-2000:]}")
