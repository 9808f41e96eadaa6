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

_GOING = frozenset({"visitors", "origins", "companions", "places", "sites", "leaders", "hosts", "time"})
_BINDING = frozenset({"instrument", "parties", "partners", "signatories", "places"})

VISIT_FRAMES: Mapping[str, frozenset[str]] = {
    "travel": _GOING,
    "presence": _GOING,
    "trip": _GOING,
    "group": frozenset({"visitors", "places"}),
    "sending": frozenset({"visitors", "senders", "places", "sites"}),
    "reception": frozenset({"visitors", "origins", "hosts", "places", "sites"}),
    "tour": frozenset({"visitors", "hosts", "places", "sites"}),
    "briefing": frozenset({"visitors", "hosts", "places", "sites"}),
    "stop": frozenset({"places", "sites"}),
    "invitation": frozenset({"visitors", "hosts", "places"}),
    "meeting": frozenset({"visitors", "partners", "places", "nearby"}),
    "representation": frozenset({"sides", "attendees"}),
    "attendance": frozenset({"attendees", "places", "sides"}),
    "leadership": frozenset({"visitors", "leaders", "places", "sites"}),
    "membership": frozenset({"visitors", "members"}),
}
"""What a rule for visits tells of, with the slots that are read of it; `events/visits/frames.py` has the readers."""

AGREEMENT_FRAMES: Mapping[str, frozenset[str]] = {
    "signing": _BINDING,
    "signatures": _BINDING,
    "naming": _BINDING,
    "renewal": _BINDING,
    "ending": _BINDING,
    "preparation": _BINDING,
    "negotiation": _BINDING,
}
"""What a rule for agreements tells of: that one is signed, who put their names to it, that it has parties, that it is
extended, that it ends, that it is drafted, that it is under negotiation."""

_CREATES = frozenset({"visit", "agreement", "none"})
_REQUIRED = ("id", "says", "frame", "creates", "trigger", "slots", "needs")
_OPTIONAL = ("phrase", "particle", "without", "when_denied", "status")
_OF_EXAMPLES = ("examples", "not", "known_failures")


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
        _read_rule(raw, examples.get(raw.get("id"), {}), name)
        for name in RULE_FILES
        for raw in read_rules_file(name)
    )
    ids = [rule.id for rule in rules]
    for rule in rules:
        if ids.count(rule.id) > 1:
            raise _bad(rule.id, "id", "is used twice", "rules/*.yaml")
    return rules


def _bad(rule: str, where: str, cause: str, name: str, remedy: str = "correct the rule file") -> CoopexError:
    told = f"rule {rule}: {where} {cause}"
    return CoopexError(told, file=name, cause=told, remedy=remedy, stage="rules")


def _read_rule(raw: Mapping[str, Any], examples: Mapping[str, Any], name: str) -> Rule:
    rule = str(raw.get("id", "?"))
    _check_fields(raw, rule, name)
    frame, creates = str(raw["frame"]), str(raw["creates"])
    read = Rule(
        id=rule,
        says=str(raw["says"]),
        record="visit" if frame in VISIT_FRAMES else "agreement",
        frame=frame,
        creates=creates,
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
        examples=_examples(examples.get("examples")),
        counter_examples=_examples(examples.get("not")),
    )
    _check_use(read, name)
    return read


def _check_fields(raw: Mapping[str, Any], rule: str, name: str) -> None:
    """Raise CoopexError for a field that is missing, unknown or in the wrong file, or a value that nothing reads."""
    for key in _REQUIRED:
        if key not in raw:
            raise _bad(rule, key, "is missing", name, f"Give the rule a field {key!r}; see CONTRIBUTING.md.")
    for key in raw:
        if key in _OF_EXAMPLES:
            raise _bad(rule, key, "belongs in examples.yaml", name, "Move it there, under the id of the rule.")
        if key not in (*_REQUIRED, *_OPTIONAL):
            raise _bad(rule, key, "is no field of a rule", name, f"Use {', '.join((*_REQUIRED, *_OPTIONAL))}.")
    _check_known("frame", str(raw["frame"]), frozenset({*VISIT_FRAMES, *AGREEMENT_FRAMES}), rule, name)
    _check_known("creates", str(raw["creates"]), _CREATES, rule, name)


def _check_known(key: str, value: str, known: frozenset[str], rule: str, name: str) -> None:
    """Raise CoopexError for a value that nothing reads: `frame: sining`."""
    if value not in known:
        raise _bad(rule, key, f"is {value!r}", name, f"Use one of {', '.join(sorted(known))}.")


def _check_use(rule: Rule, name: str) -> None:
    """Raise CoopexError for a rule that can never create or feed anything."""
    if not any([*rule.triggers.values(), *rule.phrases.values()]):
        raise _bad(rule.id, "trigger", "names no word, and there is no phrase", name, "Give it words or a phrase.")
    if rule.creates not in {"none", rule.record}:
        cause = f"is {rule.creates!r}, but frame {rule.frame!r} tells of {rule.record}s"
        raise _bad(rule.id, "creates", cause, name, f"Write {rule.record} or none.")
    read = {**VISIT_FRAMES, **AGREEMENT_FRAMES}[rule.frame]
    for slot in rule.slots:
        if slot.name not in read:
            cause = f"{slot.name!r} is read by no frame {rule.frame!r}"
            raise _bad(rule.id, "slots", cause, name, f"Use {', '.join(sorted(read))}.")
    unfilled = {need for needs in rule.needs for need in needs} - {slot.name for slot in rule.slots}
    if unfilled:
        raise _bad(rule.id, "needs", f"names {sorted(unfilled)}, no slot of the rule", name, "Name its slots.")


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
