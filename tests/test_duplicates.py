"""Copies are linked to the earliest text, other texts are not, and a link is the same wherever it was made."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopex.duplicates import Duplicates, Fingerprint, Link, find, fingerprint, mark, skipped
from coopex.duplicates.fingerprints import BANDS, MAX_CHARACTERS, ROWS
from coopex.pipeline import Extractor
from coopex.reading import Article
from coopex.records import Document
from copies import EDITS, copies, originals, retyped, strangers, thinned
from samples import document

NEWS = originals()["en-001"]
ANY_TEXT = st.text(st.characters(), max_size=400)
MISSED = {"15 % of words dropped": 1, "cut to half": 1, "on two sites": 3}
"""Copies of 56 that are not found; docs/duplicates.md has the table."""


@pytest.mark.parametrize("edit", EDITS)
def test_copies_are_found(edit: str) -> None:
    missed = [pair for pair in copies(edit) if not find([pair.first, pair.second])]
    assert len(missed) == MISSED.get(edit, 0)


@pytest.mark.parametrize("kind", sorted({pair.kind for pair in strangers()}))
def test_texts_that_look_alike_are_not_linked(kind: str) -> None:
    linked = [pair for pair in strangers() if pair.kind == kind and find([pair.first, pair.second])]
    assert linked == []


def test_different_news_are_not_linked() -> None:
    assert find(originals()) == {}


def test_the_same_words_are_an_exact_copy_however_they_are_typed() -> None:
    for text in originals().values():
        assert find([text, retyped(text)]) == {"text-2": Link("text-1", 1.0)}


def test_a_short_text_is_linked_only_to_the_same_text() -> None:
    assert find(["Ректор прибыл в Харбин.", "Ректор прибыл в Пекин.", "РЕКТОР  прибыл в Харбин."]) == {
        "text-3": Link("text-1", 1.0)
    }


def test_blank_texts_are_no_copies_of_each_other() -> None:
    assert find(["", " \n", "\ufeff", ""]) == {}


def test_a_near_copy_is_never_said_to_be_the_same() -> None:
    link = find([NEWS, f"{NEWS} More."])["text-2"]
    assert 0.9 < link.similarity < 1


def test_texts_keep_the_ids_given() -> None:
    assert find({"a": NEWS, "b": originals()["ru-001"], "c": NEWS}) == {"c": Link("a", 1.0)}


def test_a_copy_of_a_copy_is_linked_to_the_first_text() -> None:
    chain = [NEWS]
    for step in range(4):
        chain.append(thinned(chain[-1], 0.15, random.Random(step)))
    assert "text-2" not in find([chain[0], chain[-1]])  # too far from each other without those between them
    assert {link.doc_id for link in find(chain).values()} == {"text-1"}
    assert len(find(chain)) == len(chain) - 1


def test_the_same_text_as_a_near_copy_is_as_near_as_that() -> None:
    near = thinned(NEWS, 0.15, random.Random(1))
    links = find([NEWS, near, near])
    assert links["text-2"] == links["text-3"]
    assert links["text-3"].similarity < 1


def test_a_text_near_to_two_originals_is_linked_to_the_earlier() -> None:
    other = originals()["en-002"]
    assert find([other, NEWS, f"{NEWS}\n{other}"])["text-3"].doc_id == "text-1"


def test_tables_on_disk_link_as_those_in_memory_and_are_removed(tmp_path: Path) -> None:
    texts = [text for pair in copies("cut to 70 %") for text in (pair.first, pair.second)]
    path = tmp_path / "seen.sqlite"
    path.write_bytes(b"left over by a run that was killed")
    with Duplicates(path) as seen:
        links = [seen.add(f"text-{number}", fingerprint(text)) for number, text in enumerate(texts, start=1)]
        assert path.exists()
    assert not path.exists()
    assert {f"text-{number}": link for number, link in enumerate(links, start=1) if link} == find(texts)


def test_many_copies_of_one_text_are_looked_up_by_few_comparisons() -> None:
    chance = random.Random(1)
    original = fingerprint(NEWS)
    compared = 0

    class Counted(Fingerprint):
        def similarity(self, other: Fingerprint) -> float:
            nonlocal compared
            compared += 1
            return super().similarity(other)

    with Duplicates() as seen:
        seen.add("original", original)
        for number in range(1000):
            sketch = bytes(chance.randbytes(1)[0] if chance.random() < 0.1 else byte for byte in original.sketch)
            seen.add(str(number), Counted(chance.randbytes(8), sketch, original.particulars))
    assert 1000 <= compared <= 1000 * BANDS


def test_fingerprints_are_the_same_in_every_process() -> None:
    code = (
        "import sys, json; from coopex.duplicates import fingerprint;"
        "print(json.dumps([str(fingerprint(text)) for text in json.load(sys.stdin)]))"
    )
    texts = list(originals().values())
    lines = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(texts), capture_output=True, text=True, check=True
    ).stdout
    assert json.loads(lines) == [str(fingerprint(text)) for text in texts]


def test_fingerprints_are_the_same_on_every_machine() -> None:
    text = f"{' '.join(f'word{number}' for number in range(30))}. In the Laser Centre of Harbin, 5 and 7,5 and Ulm"
    line = str(fingerprint(text))
    assert line.startswith("ULAC0yoPwg8=.kWfhu+ma5zQ03vg2N/1PBtoidlqCcCUX6nRPpWRIXXWKz0SVvJu4OOiF7iT70tdwarWh/w")
    assert line.endswith("BGYGjvtvLCR9S5.MFdnZbGE57Ggxkzp2/Q=")


@given(ANY_TEXT, st.integers(1, 60))
def test_any_text_has_a_fingerprint_that_is_its_own_copy(text: str, times: int) -> None:
    found = fingerprint(text * times)
    assert Fingerprint.parse(str(found)) == found
    assert str(found).isascii()
    with Duplicates() as seen:
        assert seen.add("a", found) is None
        assert seen.add("b", found) == (Link("a", 1.0) if found.exact else None)


@given(st.lists(ANY_TEXT, max_size=8))
def test_links_point_back_to_texts_that_are_not_linked(texts: list[str]) -> None:
    ids = [f"text-{number}" for number in range(1, len(texts) + 1)]
    links = find(texts)
    for doc_id, link in links.items():
        assert ids.index(link.doc_id) < ids.index(doc_id)
        assert link.doc_id not in links
        assert 0 < link.similarity <= 1


@pytest.mark.parametrize("line", ["", "a", "a.b.c", "AAAA.AAAA.AAAA", "ULAC0yoPwg8=.", "é.."])
def test_what_is_no_fingerprint_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="is no fingerprint of a text"):
        Fingerprint.parse(line)


def test_a_long_text_costs_no_more_than_its_first_pages() -> None:
    head = " ".join(f"word{number}" for number in range(MAX_CHARACTERS // 8))
    first, second = fingerprint(f"{head} {'a ' * 500_000}"), fingerprint(f"{head} {'b ' * 500_000}")
    assert first.sketch == second.sketch
    assert first.exact != second.exact
    assert len(first.sketch) == 2 * BANDS * ROWS


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.integers(1, 100),
)
def test_a_marked_line_is_that_of_the_document_with_the_link(doc_id: str, original: str, hundredths: int) -> None:
    link = Link(original, hundredths / 100)
    unmarked = document().model_copy(update={"doc_id": doc_id, "warnings": (original,)})
    marked = Document.model_validate(unmarked.model_dump() | link.fields)
    assert mark(unmarked.to_json(), link) == marked.to_json()


def test_only_the_line_of_an_unmarked_document_is_marked() -> None:
    link = Link("a", 0.5)
    for line in ("", "{}", mark(document().to_json(), link)):
        with pytest.raises(ValueError, match="not the line of an unmarked document"):
            mark(line, link)


def test_rows_tell_what_the_document_is_a_copy_of() -> None:
    marked = document().model_copy(update=Link("original", 0.9).fields)
    for kind in ("visits", "agreements", "technologies"):
        assert [row["duplicate_of"] for row in marked.to_dicts(kind)] == ["original"]
        assert [row["duplicate_of"] for row in document().to_dicts(kind)] == [None]


def test_a_skipped_copy_tells_of_its_page_and_why_it_has_no_records() -> None:
    extractor = Extractor()
    article = Article.from_text(NEWS, "b")
    page = skipped(next(extractor.pipe([replace(article, records=False)])), Link("a", 0.83))
    full = next(extractor.pipe([article]))
    assert full.record_count > 0
    assert page.record_count == 0
    for name in ("doc_id", "sha256", "language", "title", "published", "source", "authors"):
        assert getattr(page, name) == getattr(full, name)
    assert (page.duplicate_of, page.similarity) == ("a", 0.83)
    assert page.warnings == ("no records were read: nearly the same text (0.83) as a",)


def test_importing_duplicates_does_not_load_rensa() -> None:
    code = "import sys, coopex.duplicates; assert 'rensa' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
