"""The term lists of `terms/*.yaml`, compiled once per language into a trie of word keys.

How a term is written in the lists:

    solar energy      words in any inflection; a hyphen or a space between them in the text
    bio-technology    with a hyphen in the list: biotechnology, bio-technology, bio technology
    станок|станк      alternatives for one word (stems that change)
    agro*             any word that begins so
    mining _ lithium  up to two words in between
    LNG               capitals in the list: capitals in the text
    =medicines        this form only, not "medicine"

A term may need company before it presents an area (`needs`): "support", a sentence on technology or
cooperation ("hospital"); "list", a place in a list of fields ("trade, energy and health") or a head word ("in
the field of …").
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from coopex.errors import BadConfiguration
from coopex.records import TAXONOMY
from coopex.technology.words import Word, exact_key, is_capitals, spellings
from coopex.yaml_files import parse_yaml

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "ru")
GAP = "_"
CONDITIONS = ("next", "not_next", "previous", "not_previous", "not_near")
GUARDS = frozenset({*CONDITIONS, "pos", "weak", "listed", "term"})

Needs = Literal["nothing", "support", "list"]

LISTS: dict[str, Needs] = {"terms": "nothing", "weak": "support", "listed": "list"}


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words that a guard asks for: whole keys and beginnings ("energ*")."""

    keys: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def parse(cls, written: str) -> "Words":
        """"price tariff* Gaza" -> Words(keys={"price", "gaza"}, beginnings=("tariff",))."""
        words = written.lower().replace("ё", "е").split()
        whole = frozenset(key for word in words if not word.endswith("*") for key in spellings(word))
        return cls(whole, tuple(word[:-1] for word in words if word.endswith("*")))

    def holds(self, word: Word | None) -> bool:
        """True when the word is one of these."""
        if word is None or not word.is_word:
            return False
        lower = word.text.lower().replace("ё", "е")
        return not self.keys.isdisjoint(word.keys) or lower.startswith(self.beginnings)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one area with its conditions, and what it needs before it counts for a text."""

    area: str
    written: str
    needs: Needs = "nothing"
    next: Words | None = None
    not_next: Words | None = None
    previous: Words | None = None
    not_previous: Words | None = None
    not_near: Words | None = None
    pos: frozenset[str] = frozenset()


@dataclass(slots=True)
class Node:
    """A step of the trie: where each next word key leads, and the terms that end here."""

    children: dict[str, "Node"] = field(default_factory=dict)
    beginnings: tuple[tuple[str, "Node"], ...] = ()
    links: tuple["Node", ...] = ()
    gap: "Node | None" = None
    terms: tuple[Term, ...] = ()

    def follow(self, word: Word) -> Iterator["Node"]:
        """The nodes that a word leads to."""
        for key in word.keys:
            if key in self.children:
                yield self.children[key]
        for beginning, node in self.beginnings:
            if word.text.lower().replace("ё", "е").startswith(beginning):
                yield node
        for link in self.links:
            yield from link.follow(word)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lists say of one area in one language."""

    area: str
    terms: tuple[Term, ...]
    adjectives: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@cache
def trie(language: str) -> Node:
    """The compiled terms of a language; an unknown language has none."""
    root = Node()
    for entry in entries(language):
        for term in entry.terms:
            _insert(root, term.written, term)
        _insert_adjectives(root, entry, language)
    return root


@cache
def entries(language: str) -> tuple[Entry, ...]:
    """The entries of all lists for a language, in the order of the taxonomy."""
    if language not in LANGUAGES:
        return ()
    rows = {row["id"]: row for path in sorted((FOLDER / "terms").glob("*.yaml")) for row in _rows(path)}
    return tuple(_entry(rows[area], language) for area in TAXONOMY if area in rows)


@cache
def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parse_yaml(path.read_text("utf-8"))
    for row in rows:
        if row.get("id") not in TAXONOMY:
            raise BadConfiguration(
                file=str(path),
                cause=f"unknown technology area {row.get('id')!r}",
                remedy="Use an id of taxonomy.csv.",
            )
    return rows


def _entry(row: dict[str, Any], language: str) -> Entry:
    lists = row[language]
    area = row["id"]
    plain = [
        Term(area, written, needs)
        for kind, needs in LISTS.items()
        for written in split_list(lists.get(kind, ""))
    ]
    guarded = [_guarded(area, item) for item in lists.get("guarded", ())]
    return Entry(
        area,
        (*plain, *guarded),
        split_list(lists.get("adjectives", "")),
        tuple(row.get("examples", {}).get(language, ())),
        tuple(row.get("not", {}).get(language, ())),
    )


def split_list(written: str) -> tuple[str, ...]:
    """"laser; laser cutting" -> ("laser", "laser cutting")."""
    return tuple(" ".join(item.split()) for item in written.split(";") if item.strip())


def _guarded(area: str, item: dict[str, Any]) -> Term:
    unknown = set(item) - GUARDS
    if unknown:
        raise BadConfiguration(
            cause=f"unknown guard {sorted(unknown)} of the term {item.get('term')!r} of {area}",
            remedy=f"Use some of {sorted(GUARDS)}.",
        )
    words = {name: Words.parse(item[name]) for name in CONDITIONS if name in item}
    pos = frozenset(item.get("pos", "").split())
    needs: Needs = "support" if item.get("weak") else "list" if item.get("listed") else "nothing"
    return Term(area, item["term"], needs, pos=pos, **words)


def _insert_adjectives(root: Node, entry: Entry, language: str) -> None:
    if not entry.adjectives:
        return
    heads = Node()
    for head in _heads(language):
        _insert(heads, head, Term(entry.area, f"{entry.area}: adjective + {head}"))
    for adjective in entry.adjectives:
        for node in _grow(root, adjective):
            node.links += (heads,)


@cache
def _heads(language: str) -> tuple[str, ...]:
    heads: dict[str, str] = parse_yaml((FOLDER / "heads.yaml").read_text("utf-8"))
    return split_list(heads[language])


def _insert(root: Node, written: str, term: Term) -> None:
    for node in _grow(root, written):
        node.terms += (term,)


def _grow(root: Node, written: str) -> Iterable[Node]:
    for variant in product(*(_spellings(word) for word in written.split())):
        yield _branch(root, [step for word in variant for step in word])


def _spellings(word: str) -> list[tuple[str, ...]]:
    """"bio-gas" -> [("bio", "gas"), ("biogas",)]; "a|b" -> [("a",), ("b",)]."""
    found: list[tuple[str, ...]] = []
    for alternative in word.split("|"):
        parts = tuple(part for part in alternative.split("-") if part)
        found.append(parts)
        if len(parts) > 1:
            found.append(("".join(parts),))
    return found


def _branch(node: Node, steps: Sequence[str]) -> Node:
    for step in steps:
        node = _child(node, step)
    return node


def _child(node: Node, step: str) -> Node:
    if step == GAP:
        node.gap = node.gap or Node()
        return node.gap
    if step.endswith("*"):
        return _beginning(node, step[:-1].lower().replace("ё", "е"))
    exact = step.startswith("=") or is_capitals(step)
    keys = (exact_key(step.removeprefix("=")),) if exact else spellings(step)
    following = next((node.children[key] for key in keys if key in node.children), None) or Node()
    for key in keys:
        node.children.setdefault(key, following)
    return following


def _beginning(node: Node, beginning: str) -> Node:
    found = dict(node.beginnings).get(beginning)
    if found is None:
        found = Node()
        node.beginnings += ((beginning, found),)
    return found


@cache
def guarded_by_pos(language: str) -> frozenset[str]:
    """The terms, as the lists write them, that count as some part of speech only."""
    return frozenset(term.written for entry in entries(language) for term in entry.terms if term.pos)
