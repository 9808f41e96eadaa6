"""Rules as data: what a rule says, its triggers, its typed slots and its examples; see `rules/*.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from coopex.errors import CoopexError
from coopex.matching.lexicon import LANGUAGES, read_rules_file, roles, word_classes
from coopex.matching.linear import LINEAR_ROLES
from coopex.matching.status import Effect

RULE_FILES = ("visits.yaml", "agreements.yaml")
KIND_NAMES = frozenset({"person", "organization", "place", "group", "date", "instrument", "span"})

VISIT_FRAMES = frozenset(
    {
        "travel",
        "presence",
        "sending",
        "trip",
        "reception",
        "tour",
        "stop",
        "briefing",
        "meeting",
        "representation",
        "invitation",
        "leadership",
        "membership",
        "attendance",
    }
)
"""What a rule for visits tells of; `events/visits/frames.py` has one reader for each."""

AGREEMENT_FRAMES = frozenset({"signing", "signatures", "naming", "renewal", "ending", "preparation", "negotiation"})
"""What a rule for agreements tells of: that one is signed, who put their names to it, that it has parties, that it is
extended, that it ends, that it is drafted, that it is under negotiation."""

_CREATES = frozenset({"visit", "agreement", "none"})


@dataclass(frozen=True, slots=True)
class SlotPattern:
    """A slot of a rule: the roles that lead to it, each tried when those before gave nothing, and the kinds it takes.

    With `every` the fillers of all paths are taken, else those of the first path that gives any.
    """

    name: str
    roles: tuple[str, ...]
    kinds: frozenset[str]
    every: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `needs` lists alternatives of which at least one slot must be filled ("visitors|places").

    A trigger with a child of a relation in `without` does not fire: "called on X to resign". A trigger needs
    the `particle` of its rule: "turned up". `when_denied` is the
    status that a denied event of this kind has: "refused to extend" ends an agreement.
    """

    id: str
    says: str
    record: str
    frame: str
    creates: str
    triggers: Mapping[str, frozenset[tuple[str, str]]]
    slots: tuple[SlotPattern, ...]
    needs: tuple[frozenset[str], ...]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    particle: str | None = None
    when_denied: Effect | None = None
    form: str | None = None
    status: str | None = None
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counter_examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """Read every rule file.

    Raises CoopexError that names file, rule and field when a rule is malformed.
    """
    examples = read_rules_file("examples.yaml") or {}
    rules = tuple(
        _read_rule({**raw, **examples.get(raw.get("id"), {})}, name)
        for name in RULE_FILES
        for raw in read_rules_file(name)
    )
    ids = [rule.id for rule in rules]
    for rule in rules:
        if ids.count(rule.id) > 1:
            raise _bad(rule.id, "id", "is used twice", "rules/*.yaml")
    return rules


def _bad(rule: str, where: str, cause: str, name: str) -> CoopexError:
    return CoopexError(
        f"rule {rule}: {where} {cause}",
        file=name,
        cause=f"rule {rule}: {where} {cause}",
        remedy="correct the rule file",
        stage="rules",
    )


def _read_rule(raw: Mapping[str, Any], name: str) -> Rule:
    rule = str(raw.get("id", "?"))
    for key in ("id", "says", "trigger", "slots", "needs"):
        if key not in raw:
            raise _bad(rule, key, "is missing", name)
    frame, creates = str(raw.get("frame", "")), str(raw.get("creates", "none"))
    _check_known("frame", frame, VISIT_FRAMES | AGREEMENT_FRAMES, rule, name)
    _check_known("creates", creates, _CREATES, rule, name)
    return Rule(
        id=rule,
        says=str(raw["says"]),
        record="visit" if frame in VISIT_FRAMES else "agreement",
        frame=frame,
        creates=creates,
        form=raw.get("form"),
        triggers={language: frozenset(_triggers(raw["trigger"].get(language, ()), language)) for language in LANGUAGES},
        slots=tuple(_slot(key, str(value), rule, name) for key, value in raw["slots"].items()),
        needs=tuple(frozenset(str(need).split("|")) for need in raw["needs"]),
        phrases={
            language: tuple(tuple(str(words).split()) for words in (raw.get("phrase") or {}).get(language, ()))
            for language in LANGUAGES
        },
        particle=raw.get("particle"),
        when_denied=raw.get("when_denied"),
        without=frozenset(str(raw.get("without", "")).split("|")) - {""},
        status=raw.get("status"),
        examples=_examples(raw.get("examples")),
        counter_examples=_examples(raw.get("not")),
    )


def _check_known(key: str, value: str, known: frozenset[str], rule: str, name: str) -> None:
    """Raise CoopexError for a value that nothing reads: `frame: sining`."""
    if value not in known:
        raise _bad(rule, key, f"is {value!r}, not one of {', '.join(sorted(known))}", name)


def _examples(raw: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    return {language: tuple(str(text) for text in (raw or {}).get(language, ())) for language in LANGUAGES}


def _triggers(words: list[str], language: str) -> Iterator[tuple[str, str]]:
    for word in words:
        lemma, _, pos = str(word).partition("/")
        lemmas = word_classes()[lemma[1:]][language] if lemma.startswith("@") else {lemma}
        for each in lemmas:
            yield each.replace("ё", "е"), pos


def _slot(key: str, text: str, rule: str, name: str) -> SlotPattern:
    role_names, _, kinds = text.partition(" ")
    for role in role_names.split("|"):
        if role not in roles() and role not in LINEAR_ROLES:
            raise _bad(rule, key, f"has the unknown role {role!r}", name)
    names = frozenset(kinds.split("|"))
    if not names <= KIND_NAMES:
        raise _bad(rule, key, f"has unknown kinds {sorted(names - KIND_NAMES)}", name)
    return SlotPattern(key.rstrip("*"), tuple(role_names.split("|")), names, key.endswith("*"))


@lru_cache(maxsize=2)
def rules_by_lemma(language: str) -> dict[str, tuple[tuple[Rule, str], ...]]:
    """Index rules by the lemma of their triggers, with the part of speech that the trigger asks for."""
    index: dict[str, list[tuple[Rule, str]]] = {}
    for rule in load_rules():
        for lemma, pos in sorted(rule.triggers[language]):
            index.setdefault(lemma, []).append((rule, pos))
    return {lemma: tuple(found) for lemma, found in index.items()}


@dataclass(frozen=True, slots=True)
class PhraseTrigger:
    """Surface words that trigger a rule: "put", "…", "signatures"; "…" stands for some words.

    `rank` is its place among the phrases of the language.
    """

    rank: int
    rule: Rule
    head: tuple[str, ...]
    tail: tuple[str, ...]


@lru_cache(maxsize=2)
def phrase_triggers(language: str) -> dict[str, tuple[PhraseTrigger, ...]]:
    """Index the phrases that trigger a rule by their first word: "во" → ("во", "главе", "с")."""
    index: dict[str, list[PhraseTrigger]] = {}
    phrases = [(words, rule) for rule in load_rules() for words in rule.phrases[language]]
    for rank, (words, rule) in enumerate(phrases):
        gap = words.index("…") if "…" in words else len(words)
        index.setdefault(words[0], []).append(PhraseTrigger(rank, rule, words[:gap], words[gap + 1 :]))
    return {word: tuple(found) for word, found in index.items()}
