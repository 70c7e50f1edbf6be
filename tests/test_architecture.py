"""The house keeps its plan: layers, homes of libraries, no cycles, sizes, no effects where there should be none."""

import ast
import statistics
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "alsu_kg"

# Imports point down this list. Folders are pure; the modules beside them touch the world; the command line comes last.
LAYERS = ("model", "readers", "extraction", "grounding", "indexes", "linking", "graph", "analysis", "answers", "web")
WORLD, CLI = len(LAYERS), len(LAYERS) + 1

# Each third-party library has one home (ARCHITECTURE.md, Libraries, gives the reason for each).
HOMES = {
    "bibtexparser": {"readers.bibtex"},
    "lightgbm": {"linking.candidate_validation", "linking.training"},
    "lxml": {"readers.pubmed_xml"},
    "ijson": {"readers.works"},
    "isal": {"work_dumps"},
    "xxhash": {"linking.term_hashes", "linking.word_hashes", "index_files", "index_segments"},
    "numpy": {
        "linking.calibration",
        "linking.candidate_validation",
        "linking.training",
        "linking.citation_networks",
        "linking.postings",
        "linking.record_terms",
        "linking.term_hashes",
        "linking.term_postings",
        "linking.word_hashes",
        "index_batches",
        "index_files",
        "index_segments",
        "index_writer",
        "work_index",
        "analysis",
        "train_references",
    },
    "rapidfuzz": {"linking.similarity", "linking.alignment", "linking.decisions", "linking.matching"},
    "scipy": {"linking.citation_networks", "analysis", "train_references"},
    "filelock": {"generations", "index_writer", "decision_log"},
    "markdown_it": {"readers.markdown"},
    "matplotlib": {"answers.drawing"},
    "networkx": {"answers", "linking.citation_networks", "analysis"},
    "pdf_oxide": {"readers.pdf"},
    "platformdirs": {"store", "configuration", "work_index", "name_index"},
    "pylatexenc": {"readers.bibtex"},
    "pyoxigraph": {
        "store",
        "generations",
        "ontology",
        "queries",
        "answers.exports",
        "answers.property_graph",
        "answers.work_exports",
        "citation_views",
        "cli_sparql",
    },
    "pandas": {"api"},
    "pyrate_limiter": {"http_limits"},
    "rdflib": {"api"},
    "requests": {"http_client", "http_exchange"},
    "rispy": {"answers.citation_formats", "readers.ris"},
    "ryaml": {"records", "answers.question"},
    "shacl_rust": {"validation"},
    "tabulate": {"answers.tables"},
    "urllib3": {"http_client", "http_exchange"},
    "yaml": {"records"},
    "zstandard": {"vocabulary_packages", "index_files", "index_segments"},
}
# Plain data are msgspec structs everywhere: the one library of the whole house.
EVERYWHERE = {"msgspec"}
# What a pure folder may not import: it would touch the network, the disk, the clock, the terminal or other processes.
WORLDLY = {
    "os",
    "sys",
    "socket",
    "subprocess",
    "shutil",
    "tempfile",
    "time",
    "pathlib",
    "requests",
    "urllib",
    "multiprocessing",
}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_assets" not in path.parts)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(path: Path) -> frozenset[str]:
    found = set[str]()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {
                name if (PACKAGE.parent / Path(*name.split("."))).with_suffix(".py").exists() else node.module
                for name in inside
            }
    return frozenset(found)


def own_imports(path: Path) -> set[str]:
    return {name.removeprefix("alsu_kg.") for name in imports_of(path) if name.startswith("alsu_kg.")}


def layer_of(name: str) -> int:
    first = name.split(".")[0]
    if first in LAYERS:
        return LAYERS.index(first)
    return CLI if first == "cli" or first.startswith("cli_") else WORLD


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_down(path: Path) -> None:
    here = name_of(path)
    for other in own_imports(path):
        if other:
            assert layer_of(other) <= layer_of(here), f"{here} imports {other}, which lies above it"


def test_there_are_no_import_cycles() -> None:
    graph = {name_of(path): own_imports(path) - {name_of(path)} for path in modules()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {error.args[1]}")


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_libraries_have_one_home(path: Path) -> None:
    here = name_of(path)
    for imported in {name.split(".")[0] for name in imports_of(path)} - set(sys.stdlib_module_names) - {"alsu_kg"}:
        if imported in EVERYWHERE:
            continue
        homes = HOMES.get(imported)
        assert homes is not None, f"{here} imports {imported}: give it a home here and a reason in ARCHITECTURE.md"
        assert any(here == home or here.startswith((home + ".", home + "_")) for home in homes), (
            f"{here} imports {imported}, whose home is {sorted(homes)}"
        )


@pytest.mark.parametrize("path", [p for p in modules() if name_of(p).split(".")[0] in LAYERS], ids=name_of)
def test_folders_are_pure(path: Path) -> None:
    here = name_of(path)
    worldly = {name.split(".")[0] for name in imports_of(path) - {"urllib.parse"}} & WORLDLY
    assert not worldly, f"{here} touches the world through {worldly}"
    opened = [node.lineno for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name) and node.id == "open"]
    assert not opened, f"{here} opens a file at line {opened}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_files_are_short_and_say_what_they_are(path: Path) -> None:
    assert ast.get_docstring(tree_of(path)), f"{path.name} has no docstring"
    generated = "Generated by" in (ast.get_docstring(tree_of(path)) or "")
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert generated or lines <= plain_data_limit(path), f"{path.name} has {lines} lines"


def plain_data_limit(path: Path) -> int:
    """The record shape is one noun with many short parts: its file is longer, and holds no functions."""
    return 500 if name_of(path) == "model.review" else 300


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_inits_are_empty(path: Path) -> None:
    if path.name == "__init__.py":
        assert len(tree_of(path).body) <= 1, f"{path} holds code"


def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (f"{name_of(path)}.{node.name}", node)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of signature and body without the docstring."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node):
        text = node.body[0]
        lines -= (text.end_lineno or text.lineno) - text.lineno + 1
    return lines


def test_functions_are_short() -> None:
    lengths = {name: length(node) for name, node in functions()}
    assert not {name: n for name, n in lengths.items() if n > 50}
    assert statistics.median(lengths.values()) <= 9


def test_functions_take_few_parameters() -> None:
    for name, node in functions():
        arguments = node.args
        count = len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs)
        assert count <= 6, f"{name} takes {count} parameters"


def test_no_lazy_or_relative_imports() -> None:
    for name, node in functions():
        for inner in ast.walk(node):
            assert not isinstance(inner, ast.Import | ast.ImportFrom), f"{name} imports inside a function"


def test_nothing_happens_at_import() -> None:
    allowed = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.Expr, ast.If)
    for path in modules():
        for node in tree_of(path).body:
            assert isinstance(node, allowed), f"{name_of(path)} line {node.lineno} does something at import"
            if isinstance(node, ast.If):
                assert "__main__" in ast.unparse(node.test) or "TYPE_CHECKING" in ast.unparse(node.test)
            if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
                assert "add_representer" in ast.unparse(node), f"{name_of(path)} line {node.lineno} runs at import"


def test_the_map_names_every_room() -> None:
    text = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    plan = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for path in modules():
        room = name_of(path).split(".")[0]
        if room:
            assert room.split("_")[0] in text, f"alsu_kg/__init__.py does not name {room}"
            assert room.split("_")[0] in plan, f"ARCHITECTURE.md does not name {room}"


def test_only_the_agreed_names_stand_at_the_top() -> None:
    agreed = {
        "alsu_kg",
        "ontology",
        "data",
        "queries",
        "tests",
        "pyproject.toml",
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        ".ci",
        ".git",
        ".gitignore",
    }
    ignored = {".venv", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
    assert {path.name for path in ROOT.iterdir()} - ignored <= agreed
