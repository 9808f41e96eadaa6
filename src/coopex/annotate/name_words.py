"""Word lists and places behind `names.py`: which words head, precede or fill English names."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files

from coopex.yaml_files import parse_yaml

_FIELD_ENDINGS = re.compile(
    r".{2,}(?:ics|logy|logies|ment|tion|tions|sion|sions|ity|ties|ence|ences|ture|istry|graphy|metry|nomy|ism|ical|ial|ional|ic|ing|sciences?)$"
)


@dataclass(frozen=True, slots=True)
class NameWords:
    """The lists of `data/english_names.yaml`, all lower case but the acronyms and the well-known names."""

    organisation_heads: frozenset[str]
    weak_heads: frozenset[str]
    complement_heads: frozenset[str]
    place_heads: frozenset[str]
    place_of_heads: frozenset[str]
    park_words: frozenset[str]
    other_heads: frozenset[str]
    legal_forms: frozenset[str]
    titles: frozenset[str]
    strong_titles: frozenset[str]
    title_phrases: frozenset[str]
    post_tails: frozenset[str]
    portfolio_posts: frozenset[str]
    portfolio_words: frozenset[str]
    loose_heads: frozenset[str]
    listing_heads: frozenset[str]
    foreign_heads: frozenset[str]
    headline_verbs: frozenset[str]
    comma_forms: frozenset[str]
    superiors: frozenset[str]
    staff_words: frozenset[str]
    field_posts: frozenset[str]
    organisation_nouns: frozenset[str]
    place_nouns: frozenset[str]
    person_nouns: frozenset[str]
    calendar: frozenset[str]
    plain_words: frozenset[str]
    plain_acronyms: frozenset[str]
    plain_alone: frozenset[str]
    field_words: frozenset[str]
    particles: frozenset[str]
    epithets: frozenset[str]
    compound_tails: frozenset[str]
    speech_verbs: frozenset[str]
    function_words: frozenset[str]
    state_bodies: frozenset[str]
    well_known: frozenset[str]
    given_names: frozenset[str]
    chinese_surnames: frozenset[str]
    leading_words: frozenset[str]

    def is_head(self, lower: str) -> bool:
        """Whether a word heads names of organisations or places."""
        return lower in self.organisation_heads or lower in self.place_of_heads

    def is_distinctive(self, word: str) -> bool:
        """Whether the first word of an organisation can stand for it: Pasteur; not State."""
        lower = word.lower()
        common = (
            self.organisation_heads,
            self.leading_words,
            self.titles,
            self.place_heads,
            self.given_names,
        )
        if not word[:1].isupper() or len(word) < 3 or any(lower in words for words in common):
            return False
        return not self.is_field(word)

    def is_portfolio_word(self, word: str) -> bool:
        """Whether a word may stand before "Minister" with its field: Energy, Deputy, Belarusian."""
        return self.is_field(word) or word.lower() in self.portfolio_words or is_demonym(word)

    def noun_label(self, lemma: str) -> str | None:
        """What a common noun calls the thing it stands with: producer → ORG, capital → LOC."""
        if lemma in self.person_nouns:
            return "PER"
        if lemma in self.organisation_nouns:
            return "ORG"
        return "LOC" if lemma in self.place_nouns else None

    def is_lone_head(self, lower: str) -> bool:
        """Whether a word alone names nothing: University, Center, Republic."""
        return lower in self.weak_heads or lower in self.place_heads

    def takes_complement(self, lower: str) -> bool:
        """Whether "of" or "for" goes on after a word: Institute of …, Republic of …"""
        return lower in self.complement_heads or lower in self.place_of_heads

    def is_field(self, word: str) -> bool:
        """Whether a word may fill the name of a ministry or institute: Science, Oncology, Fisheries."""
        lower = word.lower()
        if place_kind(word) or (lower in self.organisation_heads and lower not in self.field_words):
            return False
        return lower in self.field_words or bool(_FIELD_ENDINGS.match(lower))


@lru_cache(maxsize=1)
def name_words() -> NameWords:
    """Read the lists once."""
    text = files("coopex.annotate").joinpath("data/english_names.yaml").read_text("utf-8")
    lists = parse_yaml(text)
    return NameWords(**{field.name: frozenset(map(str, lists[field.name])) for field in fields(NameWords)})


@lru_cache(maxsize=20_000)
def place_kind(name: str) -> str | None:
    """``"Hefei"`` → ``city``, ``"Tatarstan"`` → ``region``, ``"ASEAN"`` → ``international``; None for no
    known place."""
    from coopex.gazetteer import gazetteer

    place = gazetteer().place(name, "en")
    return place.kind if place else None


@lru_cache(maxsize=20_000)
def place_size(name: str) -> int:
    """Population of a known place, 0 of any other."""
    from coopex.gazetteer import gazetteer

    place = gazetteer().place(name, "en")
    return place.population if place else 0


@lru_cache(maxsize=20_000)
def is_demonym(word: str) -> bool:
    """Whether a word is an adjective or noun of nationality: Chinese, Kazakh, Russians."""
    from coopex.gazetteer import gazetteer

    known = gazetteer()
    return known.is_adjective(word, "en") or known.is_demonym(word, "en")
