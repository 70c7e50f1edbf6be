"""Real JATS articles: every reference, every citing cross-reference, also when read back from plain text. Needs ../shared.

The gold comes from lxml and a few lines of its own, not from the reader.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from alsu_kg.documents import parse_document
from alsu_kg.extraction.pointer_groups import expand_numbers
from alsu_kg.extraction.pointers import find_pointers, to_record
from alsu_kg.extraction.references.citation_words import NO_WORDS
from alsu_kg.extraction.references.reference_list import read_references
from alsu_kg.extraction.sections import outline
from alsu_kg.model.document import Document
from alsu_kg.model.review import Pointer, Reference

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "documents"
FILES = sorted(FOLDER.glob("*.xml"))
pytestmark = pytest.mark.skipif(not FILES, reason="needs ../shared/documents")
DASH = re.compile(r"[\s\[\]()]*[–—‐‑−-][\s\[\]()]*")
CITATIONS = {"ref", "mixed-citation", "element-citation", "citation", "nlm-citation"}


def ids_of(root: etree._Element) -> tuple[list[etree._Element], dict[str, int]]:
    references = root.findall(".//ref-list//ref")
    ids = {}
    for number, reference in enumerate(references, 1):
        for node in reference.iter(*CITATIONS):
            if node.get("id"):
                ids[str(node.get("id"))] = number
    return references, ids


def section_of(node: etree._Element) -> str:
    for ancestor in node.iterancestors("sec", "ack", "app", "abstract"):
        title = ancestor.find("title")
        if title is not None:
            return " ".join("".join(map(str, title.itertext())).split())
    return ""


def gold_pointers(root: etree._Element, ids: dict[str, int]) -> Counter[tuple[str, int]]:
    gold: Counter[tuple[str, int]] = Counter()
    before = None
    for node in root.iter("xref"):
        keys = str(node.get("rid", "")).split()
        if node.get("ref-type") not in ("bibr", "ref") or not all(key in ids for key in keys):
            continue
        numbers = [ids[key] for key in keys]
        if before is not None and before.getnext() is node and DASH.fullmatch(before.tail or ""):
            last = ids[str(before.get("rid")).split()[-1]]
            gold.update((section_of(node), n) for n in range(last + 1, numbers[0]))
        gold.update((section_of(node), n) for n in numbers)
        before = node
    return gold


def f1(gold: Counter[tuple[str, int]], found: Counter[tuple[str, int]]) -> float:
    if not gold and not found:
        return 1.0
    right = sum((gold & found).values())
    return 2 * right / (sum(gold.values()) + sum(found.values()))


def read(document: Document) -> tuple[tuple[Reference, ...], tuple[Pointer, ...]]:
    parts = outline(document)
    references = read_references(document, parts.references, NO_WORDS)
    targets = {key: tagged.fields.number for tagged in document.references for key in tagged.ids}
    return references, to_record(find_pointers(parts.passages, references, targets))


def parse(path: Path) -> etree._Element:
    return etree.parse(str(path), etree.XMLParser(recover=True, load_dtd=False, no_network=True)).getroot()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_references_and_pointers(path: Path) -> None:
    root = parse(path)
    gold_references, ids = ids_of(root)
    document = parse_document(path.read_bytes(), path.name)
    references, pointers = read(document)
    assert len(references) == len(gold_references)
    gold = gold_pointers(root, ids)
    found = Counter((pointer.section, n) for pointer in pointers for n in pointer.numbers)
    without_section = {section for section, _ in found} - {section for section, _ in gold}
    named = Counter({("" if section in without_section else section, n): 0 for section, n in found})
    for (section, n), count in found.items():
        named["" if section in without_section else section, n] += count
    assert f1(gold, named) >= 0.99
    assert all(document.raw[p.place.start : p.place.end].strip() for p in pointers if p.place)


def printed(reference: etree._Element) -> str:
    citation = next((n for n in reference if isinstance(n.tag, str) and n.tag.endswith("citation")), reference)
    if any((n.tail or "").strip() for n in citation):
        return " ".join("".join(map(str, citation.itertext())).split())
    names = ", ".join(
        " ".join(filter(None, (n.findtext("surname"), n.findtext("given-names")))) for n in citation.iter("name")
    )
    parts = {
        tag: " ".join("".join(map(str, n.itertext())).split())
        for tag in ("article-title", "source", "year", "volume", "fpage")
        if (n := citation.find(f".//{tag}")) is not None
    }
    get = parts.get
    return f"{names}. {get('article-title', '')}. {get('source', '')}. {get('year', '')};{get('volume', '')}:{get('fpage', '')}."


def words(node: etree._Element, ids: dict[str, int]) -> str:
    if not isinstance(node.tag, str) or node.tag == "tex-math":
        return ""
    keys = str(node.get("rid", "")).split()
    if node.tag == "xref" and node.get("ref-type") in ("bibr", "ref") and keys and all(key in ids for key in keys):
        return "\x01" + ",".join(str(ids[key]) for key in keys) + "\x02"
    return (node.text or "") + "".join(words(child, ids) + (child.tail or "") for child in node)


def as_plain_text(root: etree._Element) -> tuple[str, Counter[tuple[str, int]], list[str]]:
    references, ids = ids_of(root)
    title = " ".join("".join(map(str, root.find(".//article-title").itertext())).split())  # type: ignore[union-attr]
    lines, gold, section = [title], Counter[tuple[str, int]](), title
    body = root.find(".//body")
    for node in body.iter("title", "p") if body is not None else ():
        if any(a.tag in ("p", "table-wrap", "fig", "boxed-text") for a in node.iterancestors()):
            continue
        text = " ".join(words(node, ids).split())
        if node.tag == "title" and text:
            section = text
        elif node.tag == "p":
            text = re.sub(r"\[[\d,\s–-]+\]", "", text)
            text = re.sub(r"[\[(]?(\x01[\d,]+\x02(?:[\s,;\[\]()–—-]*\x01[\d,]+\x02)*)[\])]?", _bracket, text)
            for match in re.finditer(r"\[(\d[\d,–-]*)\]", text):
                gold.update((section, n) for n in expand_numbers(match[1]))
        lines += [text] if text else []
    strings = [printed(reference) for reference in references]
    listed = [f"{i}. {string}" for i, string in enumerate(strings, 1)]
    return "\n\n".join([*lines, "References", "\n".join(listed)]) + "\n", gold, strings


def _bracket(match: re.Match[str]) -> str:
    return "[" + re.sub(r"[\x01\x02\[\]()\s]", "", match[1]).replace(";", ",").replace("—", "–") + "]"


@pytest.mark.slow
def test_read_back_from_plain_text() -> None:
    """Numbers article by article; numbers with their sections over all articles (a bold line may pass for a heading)."""
    all_gold, all_found = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for path in FILES:
        text, gold, strings = as_plain_text(parse(path))
        references, pointers = read(parse_document(text.encode(), "article.txt"))
        found = Counter((pointer.section, n) for pointer in pointers for n in pointer.numbers)
        assert f1(without_sections(gold), without_sections(found)) >= 0.97, path.name
        right = sum(a.raw == " ".join(b.split()) for a, b in zip(references, strings, strict=False))
        assert right >= 0.98 * len(strings), path.name
        assert len(references) == len(strings), path.name
        all_gold += gold
        all_found += found
    assert f1(all_gold, all_found) >= 0.97


def without_sections(pointers: Counter[tuple[str, int]]) -> Counter[tuple[str, int]]:
    bare: Counter[tuple[str, int]] = Counter()
    for (_, number), count in pointers.items():
        bare["", number] += count
    return bare
