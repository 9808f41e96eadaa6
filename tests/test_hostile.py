from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopex.blocks import split_blocks
from coopex.errors import ReadError, TextTooLong
from coopex.matching.text import Mention
from coopex.page.cues import bare
from coopex.pipeline import LONGEST_TEXT, Extractor
from coopex.reading import decode
from coopex.resolve.names import Entity, _Index, _same
from hostile.files import hostile_file
from hostile.properties import Watch, check, warm_extractor
from hostile.texts import SHAPES, text_of

INPUTS = 500
LONGEST = 600  # characters, so that all are read in half a minute; `make fuzz` reads longer ones


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return warm_extractor()


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("first", range(0, INPUTS, 50))
def test_hostile_files_are_read_in_time_or_refused_with_a_reason(
    first: int, tmp_path: Path, extractor: Extractor, watch: Watch
) -> None:
    for number in range(first, first + 50):
        check(hostile_file(number, LONGEST), tmp_path, extractor, watch)


def test_the_watch_notices_what_must_not_be_done(tmp_path: Path, watch: Watch) -> None:
    with watch.on():
        (tmp_path / "evil.txt").write_text("A visit.")
    assert [event.split()[0] for event in watch.done] == ["open"]


def test_files_are_the_same_for_a_number() -> None:
    assert [hostile_file(n) for n in range(20)] == [hostile_file(n) for n in range(20)]


# --- texts that are refused --------------------------------------------------------------------------------------


def test_a_text_longer_than_an_article_is_refused() -> None:
    with pytest.raises(TextTooLong, match="200,001 characters"):
        Extractor().extract("A" * (LONGEST_TEXT + 1))


# --- what is endless is cut --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["news", "run a", "list of persons ru", "almost blank", "spaces between"])
def test_blocks_are_of_bounded_length_and_cover_the_text(shape: str) -> None:
    text = text_of(shape, 30_000)
    blocks = split_blocks(text)
    assert all(block.end - block.start <= 5_000 for block in blocks)
    covered = "".join(text[block.start : block.end] for block in blocks)
    assert covered.replace(" ", "") == "".join(text.split())


def test_an_endless_paragraph_is_cut_behind_a_sentence() -> None:
    text = text_of("news en", 12_000)
    assert all(text[block.end - 1] == "." for block in split_blocks(text))


def test_an_endless_sentence_is_cut_into_trees(extractor: Extractor) -> None:
    reading = extractor.read("Guests of " + "Harbin and " * 400 + "Dubna visited the plant.")
    (part,) = reading.parts
    sentences = list(part.doc.sents)
    assert max(map(len, sentences)) <= 250
    assert all(token.head.sent == token.sent for token in part.doc)


def test_a_word_of_a_thousand_letters_is_read(extractor: Extractor) -> None:
    text = "Мэр посетил " + "пере" * 300 + "ск, и ректор Иванов прибыл в Харбин."
    assert [actor.name for visit in extractor.extract(text).visits for actor in visit.leaders] == ["Иванов"]


# --- what is fast is right ---------------------------------------------------------------------------------------

_WORDS = (
    "Ivan I. Ivanov Ivanova Petrov University of Tomsk TU Ли ТУ ЛТД province Томский Томского университет университета"
    " Министерство транспорта Минтранс"
)
_NAME = st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=3).map(" ".join)
_NAMES = st.lists(_NAME, min_size=1, max_size=6)


@settings(deadline=None, max_examples=300)
@given(names=_NAMES, asked=_NAMES, kind=st.sampled_from(["person", "organization", "place"]))
def test_the_index_of_names_leaves_out_none_that_is_the_same(names: list[str], asked: list[str], kind: str) -> None:
    index, entities = _Index(), []
    for number, name in enumerate(names):
        entities.append(Entity(number, kind, name, names=[name]))  # type: ignore[arg-type]
        index.add(entities[-1], name)
    for name in asked:
        mention = Mention(0, 0, 1, kind, name, name, 0, len(name))  # type: ignore[arg-type]
        # names are looked up from the longest to the shortest, as `Entities` places them
        shorter = [entity for entity in entities if len(entity.name.split()) >= len(name.split())]
        found = {entity.number for entity, own in index.near(mention.kind, name) if _same(own, mention)}
        assert {entity.number for entity in shorter if _same(entity.names, mention)} <= found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("→ Комментарии (3)", "комментарии"),
        ("  Share  ", "share"),
        ("(((12 (3)", "12"),
        ("_News_ 2018", "news"),
        ("123", ""),
        ("...", ""),
    ],
)
def test_a_line_without_its_edges_and_count(line: str, expected: str) -> None:
    assert bare(line) == expected


# --- bytes -------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(ReadError):
        assert "\0" not in decode(data).text


@pytest.mark.parametrize("shape", SHAPES)
def test_pages_of_every_shape_have_ordered_blocks(shape: str) -> None:
    text = text_of(shape, 3_000)
    blocks = split_blocks(text)
    assert all(first.end <= second.start for first, second in pairwise(blocks))
    assert all(text[block.start : block.end].strip() for block in blocks)
