"""Made-up names for NER training: swap the names of real sentences and fill sentence templates."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import srsly

HERE = Path(__file__).parent
CAPITAL_SURNAMES = 0.08
INITIALS = 0.12
ARTICLE_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tokenised text with one IOB label per token; ``None`` where the source does not say."""

    words: tuple[str, ...]
    tags: tuple[str | None, ...]


class NameMaker:
    """Makes up organisations and people; places and adjectives of nationality come from the training data."""

    def __init__(self, places: Sequence[str], demonyms: Sequence[str], seed: int = 7) -> None:
        self.material = srsly.read_yaml(HERE / "made_names.yaml")
        self.places = list(places)
        self.demonyms = list(demonyms)
        self.rng = random.Random(seed)

    def make(self, label: str) -> list[str]:
        """``"ORG"`` -> the tokens of a made-up organisation; likewise ``PER`` and ``LOC``."""
        name = {"ORG": self.organisation, "PER": self.person, "LOC": self.place}[label]()
        return name.replace(",", " ,").split()

    def _pick(self, key: str) -> str:
        return str(self.rng.choice(self.material[key]))

    def place(self) -> str:
        """A place name of the training data."""
        return self.rng.choice(self.places)

    def demonym(self) -> str:
        """An adjective of nationality of the training data."""
        return self.rng.choice(self.demonyms)

    def organisation(self) -> str:
        """A name of one of the shapes that universities, institutes, ministries and companies have."""
        shapes = (
            lambda: f"{self.place()} {self._pick('universities')}",
            lambda: f"{self._pick('honours')} {self.place()} {self._pick('universities')}",
            lambda: f"University of {self.place()}",
            lambda: f"{self.place()} University of {self._pick('fields')}",
            lambda: f"Institute of {self._pick('fields')}",
            lambda: f"Institute for {self._pick('fields')}",
            lambda: f"{self._pick('honours')} Institute of {self._pick('fields')}",
            lambda: f"Institute of {self._pick('fields')} of the {self.demonym()} Academy of Sciences",
            lambda: f"{self.place()} Institute of {self._pick('fields')}",
            lambda: f"Ministry of {self._pick('fields')}",
            lambda: f"Ministry of {self._pick('fields')} of {self.place()}",
            lambda: f"{self.demonym()} Ministry of {self._pick('fields')}",
            lambda: f"{self.demonym()} {self._pick('kinds')}",
            lambda: f"{self.place()} {self._pick('kinds')}",
            lambda: f"{self._pick('leads')} {self._pick('fields')} {self._pick('kinds')}",
            lambda: f"{self._pick('leads')} {self._pick('kinds')} for {self._pick('fields')}",
            lambda: f"{self._pick('coined')} {self._pick('legal')}",
            lambda: f"{self._pick('coined')} {self._pick('legal')}",
            lambda: f"{self.place()} {self._pick('coined')} {self._pick('legal')}",
            lambda: self._pick("coined"),
            lambda: self._pick("coined"),
            lambda: self._pick("acronyms"),
            lambda: self._pick("acronyms"),
        )
        return self.rng.choice(shapes)()

    def person(self) -> str:
        """A full name, sometimes with the family name in capitals or initials for given names."""
        culture = self.rng.choice(list(self.material["people"]))
        names = self.material["people"][culture]
        given, family = self.rng.choice(names["given"]), self.rng.choice(names["family"])
        if self.rng.random() < CAPITAL_SURNAMES:
            family = family.upper()
        if culture == "russian" and self.rng.random() < INITIALS:
            initials = self.rng.choice([f"{given[0]}.", f"{given[0]}. {self.rng.choice('AVNIPS')}."])
            return f"{initials} {family}"
        if self.rng.random() < 0.25:
            return str(family)
        east = culture in {"chinese", "korean", "vietnamese"}
        return f"{family} {given}" if east else f"{given} {family}"

    def from_template(self) -> Tagged:
        """A sentence of the kind that news of cooperation consist of, filled with made-up names."""
        words: list[str] = []
        tags: list[str | None] = []
        for part in self._pick("templates").split():
            slot = part.strip("{}") if part.startswith("{") else ""
            if slot in {"ORG", "PER", "LOC"}:
                name = self.make(slot)
                if slot == "ORG" and len(name) > 2 and self.rng.random() < ARTICLE_SHARE and words[-1:] != ["the"]:
                    words.append("The" if not words else "the")
                    tags.append("O")
                words.extend(name)
                tags.extend(_iob(slot, len(name)))
            else:
                plain = self._filler(slot).split() if slot else [part]
                words.extend(plain)
                tags.extend("O" for _ in plain)
        return Tagged(tuple(words), tuple(tags))

    def _filler(self, slot: str) -> str:
        if slot == "DEM":
            return self.demonym()
        return self._pick({"TITLE": "titles", "POST": "posts"}[slot])

    def swap(self, text: Tagged, share: float = 0.6) -> Tagged:
        """Replace about ``share`` of the names in a text by made-up ones of the same label."""
        words: list[str] = []
        tags: list[str | None] = []
        position = 0
        while position < len(text.words):
            end = span_end(text.tags, position)
            tag = text.tags[position]
            if tag and tag[0] == "B" and self.rng.random() < share:
                name = self.make(tag[2:])
                words.extend(name)
                tags.extend(_iob(tag[2:], len(name)))
            else:
                words.extend(text.words[position:end])
                tags.extend(text.tags[position:end])
            position = end
        return Tagged(tuple(words), tuple(tags))


def _iob(label: str, length: int) -> list[str | None]:
    return [f"{'I' if index else 'B'}-{label}" for index in range(length)]


def span_end(tags: Sequence[str | None], start: int) -> int:
    """Index after the name that starts at ``start`` (after the one token there when no name does)."""
    end = start + 1
    if (tags[start] or "O")[0] == "B":
        while end < len(tags) and (tags[end] or "O")[0] == "I":
            end += 1
    return end
