"""``alsu-kg similar`` as people use it: formats, files, wrong use."""

import json
from pathlib import Path

import pytest

from alsu_kg.cli import main
from alsu_kg.store import Graph


def test_pairs_as_json_and_what_is_not_known_on_standard_error(
    reviews_graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["similar", "azathioprine", "--format", "json", "--store", reviews_graph.place]) == 0
    out, err = capsys.readouterr()
    rows = json.loads(out)
    assert rows[0]["score"] >= rows[1]["score"] > 0
    assert rows[-1]["score"] is None
    assert "no mechanism is known here of 34 treatments" in err


def test_all_pairs_and_the_network_go_to_a_file(reviews_graph: Graph, tmp_path: Path) -> None:
    for form, begins in (("csv", "treatment_a,"), ("graphml", "<?xml"), ("gexf", "<?xml"), ("gexf", "<?xml")):
        target = tmp_path / f"x.{form}"
        arguments = ["similar", "--format", form, "-o", str(target), "-q", "--store", reviews_graph.place]
        assert main(arguments) == 0
        assert target.read_text(encoding="utf-8").startswith(begins)
    assert "lastmodified" not in (tmp_path / "x.gexf").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["azathioprin"], "did you mean azathioprine"),
        (["azathioprine", "--format", "gexf"], "leave the treatment out"),
        (["--most", "0"], "must be 1 or more"),
    ],
)
def test_wrong_use_is_told_in_one_line(
    reviews_graph: Graph, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["similar", *arguments, "--store", reviews_graph.place]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err
