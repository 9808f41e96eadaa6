"""Every rule against its own examples: what it must find, slot by slot, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from coopex.blocks import Block
from coopex.errors import CoopexError
from coopex.matching import rules as rules_module
from coopex.matching.engine import Match, Rejection, SlotMatch, match_part
from coopex.matching.lexicon import LANGUAGES
from coopex.matching.rules import Rule, load_rules
from coopex.matching.text import Part, make_part
from parses import (
    MissingParseError,
    cached_part,
    quiet_sentences,
    rule_examples,
    split_reason,
    tree,
    unmark,
    vocab,
    wanted,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its marks: (slot or "trigger", start, end); a counter-example has none."""

    rule: str
    language: str
    text: str
    marks: tuple[tuple[str, int, int], ...]

    def spans(self, slot: str) -> list[tuple[int, int]]:
        return [(start, end) for name, start, end in self.marks if name == slot]


def sentences(key: str, *, expect_failure: bool = True) -> Iterator[Any]:
    """Parameters for the sentences under `key`, those with a reason as strict expected failures."""
    for rule, lists in rule_examples().items():
        for language, texts in (lists.get(key) or {}).items():
            for number, marked in enumerate(texts or (), start=1):
                reason, sentence = split_reason(marked)
                text, marks = unmark(sentence)
                known = (
                    [pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)]
                    if reason and expect_failure
                    else []
                )
                example = Example(rule, language, text, tuple(marks))
                yield pytest.param(example, id=f"{rule}-{language}-{number}", marks=known)


def attempts(example: Example) -> tuple[Part, list[Match | Rejection]]:
    part = cached_part(example.language, example.text)
    return part, [found for found in match_part(part) if found.rule.id == example.rule]


def overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < stop and first < end for first, stop in spans)


def at_trigger(match: Match | Rejection, example: Example) -> bool:
    start = match.trigger.idx
    return overlaps(start, start + len(match.trigger), example.spans("trigger"))


def heads(slot: SlotMatch) -> tuple[int, int]:
    head = slot.phrase.head
    return head.idx, head.idx + len(head)


def filled(spans: list[tuple[int, int]], found: tuple[SlotMatch, ...]) -> Iterator[bool]:
    """For every mark, whether a filler or the head of a phrase lies in it."""
    for span in spans:
        yield any(
            overlaps(*heads(slot), [span])
            or any(overlaps(f.mention.offset, f.mention.stop, [span]) for f in slot.fillers)
            for slot in found
        )


def strangers(spans: list[tuple[int, int]], found: tuple[SlotMatch, ...]) -> Iterator[str]:
    """What stands in a slot though no mark covers it."""
    for slot in found:
        for filler in slot.fillers:
            if not overlaps(filler.mention.offset, filler.mention.stop, spans):
                yield filler.mention.text
        if not slot.fillers and not overlaps(*heads(slot), spans):
            yield slot.phrase.head.text


def faults(match: Match, example: Example) -> list[str]:
    """What is wrong with a match, in words."""
    found = []
    for name in sorted({slot for slot, _, _ in example.marks} - {"trigger"}):
        spans, slots = example.spans(name), match.slot(name)
        missing = [example.text[s:e] for (s, e), ok in zip(spans, filled(spans, slots), strict=True) if not ok]
        found += [f"{name} lacks {text!r}" for text in missing]
        found += [f"{name} wrongly has {text!r}" for text in strangers(spans, slots)]
    return found


def report(part: Part, tried: list[Match | Rejection]) -> str:
    lines = []
    for found in tried:
        if isinstance(found, Rejection):
            lines.append(f"rejected at {found.trigger.text!r}: {found.reason}")
        else:
            slots = {s.slot: [f.mention.text for f in s.fillers] or s.phrase.head.text for s in found.slots}
            lines.append(f"matched at {found.trigger.text!r}: {slots} status {found.status.effect}")
    return "\n".join([*(lines or ["never tried"]), tree(part.doc)])


def check_fires(example: Example) -> None:
    part, tried = attempts(example)
    matches = [
        found for found in tried if isinstance(found, Match) and not found.lacking and at_trigger(found, example)
    ]
    assert matches, f"{example.rule} does not fire on {example.text!r}\n{report(part, tried)}"
    wrong = min((faults(match, example) for match in matches), key=len)
    assert not wrong, f"{example.rule} on {example.text!r}: {'; '.join(wrong)}\n{report(part, tried)}"


def check_silent(example: Example) -> None:
    part, tried = attempts(example)
    fired = [found for found in tried if isinstance(found, Match) and not found.lacking]
    assert not fired, f"{example.rule} fires on {example.text!r}\n{report(part, tried)}"


@pytest.mark.parametrize("example", list(sentences("examples")))
def test_rule_finds_what_its_examples_mark(example: Example) -> None:
    check_fires(example)


@pytest.mark.parametrize("example", list(sentences("not")))
def test_rule_leaves_near_misses_alone(example: Example) -> None:
    check_silent(example)


@pytest.mark.parametrize("example", list(sentences("known_failures")))
def test_known_failures_still_fail(example: Example) -> None:
    if example.marks:
        check_fires(example)
    else:
        check_silent(example)


@pytest.mark.parametrize("language", LANGUAGES)
def test_matches_come_in_the_order_of_the_text(language: str) -> None:
    """Phrases that trigger a rule ("headed by") stand among the words that do."""
    for text in wanted(language):
        places = [found.trigger.i for found in match_part(cached_part(language, text))]
        assert places == sorted(places), text


# --- news without visits and agreements ------------------------------------------------------------------


def quiet() -> Iterator[Any]:
    """Parameters for sentences at which no rule may fire, those with a rule as strict expected failures."""
    for language in LANGUAGES:
        for text, rule in quiet_sentences(language).items():
            known = [pytest.mark.xfail(reason=rule, strict=True, raises=AssertionError)] if rule else []
            yield pytest.param(language, text, id=f"{language}-{text}", marks=known)


@pytest.mark.parametrize(("language", "text"), list(quiet()))
def test_no_rule_fires_on_ordinary_news(language: str, text: str) -> None:
    part = cached_part(language, text)
    fired = [found for found in match_part(part) if isinstance(found, Match) and not found.lacking]
    assert not fired, f"{[found.rule.id for found in fired]} on {text!r}\n{report(part, [*fired])}"


# --- the file of examples itself -------------------------------------------------------------------


def speaks(rule: Rule, language: str) -> bool:
    return bool(rule.triggers[language] or rule.phrases[language])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_every_rule_has_examples_and_near_misses(rule: Rule, language: str) -> None:
    if not speaks(rule, language):
        assert not rule.examples[language], f"{rule.id} has examples but no triggers in {language}"
        return
    assert len(rule.examples[language]) >= 2, f"{rule.id} needs two examples in {language}"
    assert rule.counter_examples[language], f"{rule.id} needs a near miss in {language}"


@pytest.mark.parametrize("example", [*sentences("examples"), *sentences("known_failures", expect_failure=False)])
def test_marks_name_the_trigger_and_slots_of_the_rule(example: Example) -> None:
    slots = {rule.id: {pattern.name for pattern in rule.slots} for rule in load_rules()}
    names = {name for name, _, _ in example.marks}
    assert names <= {"trigger", *slots[example.rule]}
    assert not names or len(example.spans("trigger")) == 1
    assert "[" not in example.text
    assert "]" not in example.text
    assert not example.text[0].islower(), "a sentence starts with a capital letter"


@pytest.mark.parametrize("example", list(sentences("not")))
def test_near_misses_bear_no_marks(example: Example) -> None:
    assert not example.marks
    assert "[" not in example.text


def test_examples_belong_to_rules() -> None:
    assert set(rule_examples()) <= {rule.id for rule in load_rules()}
    assert all(set(lists) <= {"examples", "not", "known_failures"} for lists in rule_examples().values())


def test_known_failures_say_why() -> None:
    texts = [
        text
        for lists in rule_examples().values()
        for found in (lists.get("known_failures") or {}).values()
        for text in found or ()
    ]
    assert [text for text in texts if split_reason(text)[0] is None] == []


def test_missing_parse_tells_what_to_do() -> None:
    with pytest.raises(MissingParseError, match="run make parses"):
        cached_part("en", "Nobody ever wrote this sentence.")


# --- any tree ------------------------------------------------------------------------------------------

WORDS = {
    "en": [
        "delegation", "visit", "sign", "agreement", "Ivanov", "Harbin", "rector", "of", "in", "with", "to", ",",
        ":", "who", "and", "will", "not", "met", "led", "by", "invitation", "host", "tour", "University",
        "between", "signed", "visited", "guests", "present",
    ],
    "ru": [
        "делегация", "визит", "подписать", "соглашение", "Иванов", "Харбин", "ректор", "в", "с", "на", ",", ":",
        "который", "и", "будет", "не", "встретиться", "во", "главе", "приглашение", "принять", "экскурсия",
        "университет", "между", "подписан", "посетил", "гости",
    ],
}  # fmt: skip
RELATIONS = [
    "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "amod", "appos", "flat",
    "flat:name", "compound", "conj", "cc", "case", "fixed", "acl", "acl:relcl", "advcl", "xcomp", "ccomp",
    "parataxis", "aux", "aux:pass", "cop", "mark", "advmod", "det", "dep",
]  # fmt: skip


@st.composite
def trees(draw: st.DrawFn) -> tuple[str, Doc]:
    """Sentences of words that rules know, with any tree over them and any names."""
    language = draw(st.sampled_from(LANGUAGES))
    words = draw(st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=14))
    size = len(words)
    tags = st.sampled_from(["NOUN", "PROPN", "VERB", "AUX", "ADJ", "PRON", "ADP", "PUNCT", "NUM"])
    order = draw(st.permutations(range(size)))
    heads = {child: order[draw(st.integers(0, place - 1))] for place, child in enumerate(order) if place}
    doc = Doc(
        vocab(language),
        words=words,
        pos=draw(st.lists(tags, min_size=size, max_size=size)),
        lemmas=[word.lower() for word in words],
        heads=[heads.get(i, i) for i in range(size)],
        deps=["root" if i not in heads else draw(st.sampled_from(RELATIONS)) for i in range(size)],
    )
    labels = draw(st.lists(st.sampled_from(["", "", "PER", "ORG", "LOC"]), min_size=size, max_size=size))
    doc.set_ents([Span(doc, i, i + 1, label=label) for i, label in enumerate(labels) if label])
    return language, doc


@settings(max_examples=150, deadline=None)
@given(trees())
def test_any_tree_is_matched_within_its_words(given_tree: tuple[str, Doc]) -> None:
    """Whatever a parser makes of a sentence, the engine ends, and fills slots from the sentence alone."""
    language, doc = given_tree
    part = make_part(0, Block(0, len(doc.text), "body", language), doc, language, lambda span: str(span.text))
    for found in match_part(part):
        if isinstance(found, Match):
            for filler in (filler for slot in found.slots for filler in slot.fillers):
                mention = filler.mention
                assert doc.text[mention.offset : mention.stop] == mention.text


# --- malformed rules -------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "id": "visit.test",
    "says": "Someone travels.",
    "frame": "travel",
    "creates": "visit",
    "trigger": {"en": ["visit/VERB"], "ru": []},
    "slots": {"visitors": "agent person|group", "places*": "goal place"},
    "needs": ["visitors", "places"],
}


def load(monkeypatch: pytest.MonkeyPatch, *raw: Mapping[str, Any]) -> tuple[Rule, ...]:
    files: dict[str, Any] = {"visits.yaml": raw, "agreements.yaml": (), "examples.yaml": {}}
    monkeypatch.setattr(rules_module, "read_rules_file", files.__getitem__)
    return load_rules.__wrapped__()


def test_good_rule_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    (rule,) = load(monkeypatch, GOOD)
    assert rule.triggers == {"en": frozenset({("visit", "VERB")}), "ru": frozenset()}
    assert [(slot.name, slot.every) for slot in rule.slots] == [("visitors", False), ("places", True)]
    assert rule.needs == (frozenset({"visitors"}), frozenset({"places"}))


@pytest.mark.parametrize("field", ["says", "frame", "creates", "trigger", "slots", "needs"])
def test_missing_field_is_named(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    with pytest.raises(CoopexError, match=rf"visits\.yaml: rule visit\.test: {field} is missing"):
        load(monkeypatch, {key: value for key, value in GOOD.items() if key != field})


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ({"visitors": "agnet person"}, "visitors has the unknown role 'agnet'"),
        ({"visitors": "agent persons"}, r"visitors has unknown kinds \['persons'\]"),
        ({"places*": "goal|gaol place"}, r"places\*? has the unknown role 'gaol'"),
    ],
)
def test_bad_slot_is_named(monkeypatch: pytest.MonkeyPatch, slots: dict[str, str], words: str) -> None:
    with pytest.raises(CoopexError, match=rf"visits\.yaml: rule visit\.test: {words}"):
        load(monkeypatch, {**GOOD, "slots": slots})


def test_id_used_twice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CoopexError, match=r"rule visit\.test: id is used twice"):
        load(monkeypatch, GOOD, GOOD)
