"""Entities of a text: mentions of one person, body or place brought together under its fullest name.

"Peter the Great St. Petersburg Polytechnic University (SPbPU) … SPbPU … the Polytechnic University" is one entity
with two aliases; "Zhang Guowei … Zhang" one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from coopex.matching.lexicon import in_class
from coopex.matching.text import Kind, Mention, Part
from coopex.resolve.reference_words import everywhere, short_ministry, spelled

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{2,})[»”\"]")
_LONGEST_ACRONYM = 8  # letters
_SHARED = 4  # letters at the beginning that two forms of a word share at least
_SLACK = 3  # letters at the end in which forms of a Russian word differ; of an English one 1
_ACRONYM = re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁa-zа-яё]{0,3}[A-ZА-ЯЁ]{1,6}s?")


@dataclass(slots=True)
class Entity:
    """One person, body or place of the text; `name` is its fullest form, `mentions` are in the order of the text."""

    number: int
    kind: Kind
    name: str
    country: str | None = None
    post: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    words: list[frozenset[str]] = field(default_factory=list)

    def aliases(self) -> tuple[str, ...]:
        """Other forms of the name, base forms first."""
        forms = dict.fromkeys([*self.names, *(mention.text for mention in self.mentions if not mention.derived)])
        forms |= dict.fromkeys(core for form in list(forms) for core in _QUOTED.findall(form))
        return tuple(form for form in forms if form != self.name)


class Entities:
    """All entities of a text, found by mention."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.all: list[Entity] = []
        self._by_mention: dict[tuple[int, int], Entity] = {}
        self._index = _Index()
        self._made = 0  # not how many there are: some are merged with others
        mentions = [mention for part in parts if part.block.kind in {"title", "body"} for mention in part.mentions]
        for mention in sorted(mentions, key=lambda m: (m.derived, -len(_WORD.findall(m.name)), m.offset)):
            self._place(mention)
        self._expand_acronyms(list(parts))
        self._join_short_names()
        for entity in self.all:
            entity.mentions.sort(key=lambda mention: mention.offset)

    def of(self, mention: Mention) -> Entity:
        """Entity of a mention (one is made for a mention outside title and body)."""
        key = (mention.part, mention.start)
        if key not in self._by_mention:
            self._place(mention)
        return self._by_mention[key]

    def _place(self, mention: Mention) -> None:
        entity = min(
            (known for known, names in self._index.near(mention.kind, mention.name) if _same(names, mention)),
            key=lambda known: mention.kind == "person" and known.mentions[0].offset > mention.offset,
            default=None,
        )
        if entity is None:
            entity = Entity(self._made, mention.kind, mention.name, mention.country)
            self.all.append(entity)
            self._made += 1
        self._join(entity, mention)

    def _join(self, entity: Entity, mention: Mention) -> None:
        if mention.name not in entity.names:
            self._index.add(entity, mention.name)
        _join(entity, mention)
        self._by_mention[mention.part, mention.start] = entity

    def _expand_acronyms(self, parts: list[Part]) -> None:
        """Merge a short name in brackets with the name before it: "Joint Institute … (JINR)"."""
        for part in parts:
            for first, second in zip(part.mentions, part.mentions[1:], strict=False):
                between = part.doc[first.end : second.start].text.strip()
                after = part.doc[second.end].text if second.end < len(part.doc) else ""
                if (
                    between in {"(", "(«", "( "}
                    and after.startswith((")", "»", ","))
                    and _may_abbreviate(first, second)
                ):
                    self._merge(self.of(first), self.of(second))

    def _join_short_names(self) -> None:
        """Merge a body named in short with the only one before it that it may be short for.

        "Mbarara University of Science … Mbarara University", "the Ministry of Fisheries … the Fisheries Ministry".
        """
        for short in [entity for entity in self.all if entity.kind == "organization"]:
            first = min(mention.offset for mention in short.mentions)
            fitting = [
                long
                for long, names in self._index.near("organization", short.name, shorter=False)
                if long is not short
                and min(mention.offset for mention in long.mentions) < first
                and any(shortens(short.name, name) for name in names)
            ]
            if len(fitting) == 1:
                self._merge(fitting[0], short)

    def _merge(self, long: Entity, short: Entity) -> None:
        if long is short or short.kind == "person" or long.kind == "person":
            return
        for mention in short.mentions:
            self._join(long, mention)
        self.all.remove(short)
        self._index.remove(short)


class _Index:
    """Which entities may bear a name, without a look at all: a text of 5,000 names would compare 25 million pairs.

    Of two names of one entity every word of the shorter is like a word of the longer, or it is an acronym of it.
    """

    def __init__(self) -> None:
        self._by_word: dict[tuple[Kind, int, str], dict[tuple[int, str], Entity]] = {}
        self._sizes: dict[Kind, set[int]] = {}
        self._removed: set[int] = set()

    def add(self, entity: Entity, name: str) -> None:
        """Note a name of an entity."""
        found = _folded(entity.kind, name)
        self._sizes.setdefault(entity.kind, set()).add(len(found))
        keys = {key for word in found or [""] for key in _keys(word)} | {f"={key}" for key in _acronyms(name)}
        for key in keys:
            self._by_word.setdefault((entity.kind, len(found), key), {})[entity.number, name] = entity

    def remove(self, entity: Entity) -> None:
        """Forget an entity that was found to be another."""
        self._removed.add(entity.number)

    def near(self, kind: Kind, name: str, *, shorter: bool = True) -> list[tuple[Entity, list[str]]]:
        """The entities of a kind that may bear a name, in their order, with the names that speak for it.

        `shorter`: also by a part of it.
        """
        found = _folded(kind, name)
        wanted = [_sought(word) for word in found or [""]]
        near: dict[tuple[int, str], Entity] = {}
        for size in self._sizes.get(kind, ()):
            groups = [[self._by_word.get((kind, size, key), {}) for key in keys] for keys in wanted]
            if size >= len(found):  # each word of the name stands in theirs: the rarest of them will do
                groups = [min(groups, key=lambda group: sum(map(len, group)))]
            elif not shorter:
                groups = []
            groups.append([self._by_word.get((kind, size, f"={key}"), {}) for key in _acronyms(name)])
            for group in groups:
                for entities in group:
                    near |= entities
        by_entity: dict[int, tuple[Entity, list[str]]] = {}
        for (number, own), entity in near.items():
            by_entity.setdefault(number, (entity, []))[1].append(own)
        return [by_entity[number] for number in sorted(by_entity.keys() - self._removed)]


def _folded(kind: Kind, name: str) -> tuple[str, ...]:
    return _person_words(name) if kind == "person" else words(name)


def _keys(word: str) -> list[str]:
    """`"petrov"` → "petr", the letters that every like word shares, and "p…", under which initials are looked up."""
    plain = spelled(word)
    stem = plain[: max(_SHARED, len(plain) - _SLACK)]
    return [stem, f"{word[:1]}…", *([f"{word}."] if len(word) == 1 else [])]


@lru_cache(maxsize=20_000)
def _sought(word: str) -> list[str]:
    """`"petrov"` → all keys that a like word may have, and "p." of an initial; an initial → "p…" of any such word."""
    plain = spelled(word)
    stems = {plain[:size] for size in range(max(_SHARED, len(plain) - 2 * _SLACK), max(_SHARED, len(plain)) + 1)}
    long, short = short_ministry()
    ministry = _keys(long)[:1] if word.startswith(short) else []  # «Минтранс»
    return [*stems, f"{word}…" if len(word) == 1 else f"{word[:1]}.", *ministry]


@lru_cache(maxsize=20_000)
def _acronyms(name: str) -> frozenset[str]:
    """`"JINR"` → JINR; `"Joint Institute for Nuclear Research"` → JINR, JIFNR: all that may be its acronym."""
    letters = "".join(ch for ch in name if ch.isalpha())
    found = _WORD.findall(name)
    strict = "".join(word[0] for word in found if word[0].isupper())
    loose = "".join(word[0] for word in found if word.lower() not in everywhere("legal"))
    own = {letters.upper()} if len(letters) <= _LONGEST_ACRONYM else set()
    return frozenset(own | {short.upper() for short in (strict, loose) if len(short) <= _LONGEST_ACRONYM})


def _join(entity: Entity, mention: Mention) -> None:
    entity.mentions.append(mention)
    if mention.name not in entity.names:
        entity.names.append(mention.name)
        entity.words.append(frozenset(words(mention.name)))
    entity.country = entity.country or mention.country
    if _shouted(entity.name) and not _shouted(mention.name) and len(mention.name) >= len(entity.name):
        entity.name = mention.name


def _shouted(name: str) -> bool:
    """Tell whether a name stands in capitals as headlines have them: "BEIJING", not "JINR"."""
    return name.isupper() and len(name) > 5


def _may_abbreviate(long: Mention, short: Mention) -> bool:
    return (
        short.kind != "person"
        and not short.derived
        and bool(_ACRONYM.fullmatch(short.text) or long.kind == short.kind == "organization")
    )


@lru_cache(maxsize=20_000)  # asked whenever two names are compared
def words(name: str) -> tuple[str, ...]:
    """Fold a name to its words: "ПАО «Татнефть»" → ("татнефть",)."""
    found = [word.lower().replace("ё", "е") for word in _WORD.findall(name)]
    return tuple([word for word in found if word not in everywhere("legal")] or found)


def alike(a: str, b: str) -> bool:
    """Tell whether two folded words are forms of one word: "ялова" and "ялов"."""
    a, b = spelled(a), spelled(b)
    if a == b or a[:_SHARED] != b[:_SHARED]:
        return a == b
    slack = _SLACK if re.search("[а-я]", a) else 1
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= max(len(a), len(b)) - slack


def _same(names: Iterable[str], mention: Mention) -> bool:
    """Tell whether a mention may be of what bears some names; all are of one kind."""
    test = {"person": same_person, "place": _same_place}.get(mention.kind, same_body)
    return any(test(name, mention.name) for name in names)


def _same_place(a: str, b: str) -> bool:
    first, second = words(a), words(b)
    return first == second or _covers(first, second) or _covers(second, first)


def _covers(long: Sequence[str], short: Sequence[str]) -> bool:
    """Tell whether `long` is `short` with a word such as "province"."""
    rest = set(long) - set(short)
    return bool(short) and len(long) > len(short) and set(short) <= set(long) and rest <= everywhere("place_nouns")


def same_person(a: str, b: str) -> bool:
    """Tell whether two names may be of one person: "Zhang Guowei" and "Zhang", «Д. Ялов» and «Дмитрий Ялов»."""
    long, short = sorted((_person_words(a), _person_words(b)), key=len, reverse=True)
    if not short or max(map(len, short)) < 2:
        return False
    rest = list(long)
    for word in sorted(short, key=len, reverse=True):
        found = next((other for other in rest if alike(word, other)), None) or next(
            (other for other in rest if min(len(word), len(other)) == 1 and word[0] == other[0] and len(short) > 1),
            None,
        )
        if found is None:
            return False
        rest.remove(found)
    return len(short) > 1 or alike(short[0], long[-1]) or alike(short[0], long[0])


@lru_cache(maxsize=20_000)
def _person_words(name: str) -> tuple[str, ...]:
    found = [word.lower().replace("ё", "е") for word in _WORD.findall(name)]
    return tuple([word for word in found if word not in everywhere("generations")] or found)


def same_body(a: str, b: str) -> bool:
    """Tell whether two names may be of one body: same words, an acronym, or a distinctive part of the longer name."""
    first, second = words(a), words(b)
    if len(first) == len(second) and all(alike(x, y) for x, y in zip(first, second, strict=True)):
        return True
    long, short = (a, b) if len(first) >= len(second) else (b, a)
    return _is_acronym(short, long) or _is_distinctive_part(words(short), words(long))


def _is_acronym(short: str, long: str) -> bool:
    letters = "".join(ch for ch in short if ch.isalpha())
    if not (2 <= len(letters) <= _LONGEST_ACRONYM) or sum(ch.isupper() for ch in letters) < 2 or " " in short.strip():
        return False
    found = _WORD.findall(long)
    strict = "".join(word[0] for word in found if word[0].isupper())
    loose = "".join(word[0] for word in found if word.lower() not in everywhere("legal"))
    return letters.upper() in {strict.upper(), loose.upper()}


def _is_distinctive_part(short: Sequence[str], long: Sequence[str]) -> bool:
    """Tell whether `short` holds a proper word of `long` and nothing else: TechnoSpark ⊂ TechnoSpark Nano-Center."""
    if len(short) >= len(long) or not all(any(alike(word, other) for other in long) for word in short):
        return False
    proper = [word for word in short if not _common(word)]
    first = next((word for word in long if not _common(word)), long[0])
    return bool(proper) and alike(short[0], first) and not any(_common(word) for word in short)


def shortens(short: str, long: str) -> bool:
    """Tell whether one name may be short for another: "Delft Academy" for "Delft Water Academy", Минтранс.

    All its words stand in the longer name, one of them is its own, and both begin alike, but for "X Ministry" and
    "Ministry of X".
    """
    mine, whole = words(short), words(long)
    if len(mine) == 1 and whole:
        return _short_ministry(mine[0], whole)
    if not 2 <= len(mine) < len(whole) or not all(any(alike(word, other) for other in whole) for word in mine):
        return False
    if all(_common(word) for word in mine):
        return False
    return alike(mine[0], whole[0]) or (alike(mine[-1], whole[0]) and alike(mine[0], whole[1]))


def _short_ministry(short: str, whole: Sequence[str]) -> bool:
    """ "минтранс" and ["министерство", "транспорта"] → True."""
    long, stem = short_ministry()
    rest = short.removeprefix(stem)
    return (
        whole[0] == long
        and short.startswith(stem)
        and len(rest) > 2
        and any(word.startswith(rest[:4]) for word in whole[1:])
    )


def _common(word: str) -> bool:
    return (
        any(in_class(word, name, language) for name in ("bodies", "members", "sides") for language in ("en", "ru"))
        or len(word) < 3
    )
