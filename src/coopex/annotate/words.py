"""Words and names of a Russian text on their way into a `Doc`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Word:
    """One token: its place in the text and what the models say; `morph` is `feats` as text; `head` and `sentence`
    count from the text's start."""

    start: int
    text: str
    pos: str = "X"
    feats: dict[str, str] = field(default_factory=dict)
    morph: str = ""
    lemma: str = ""
    head: int = 0
    dep: str = "dep"
    sentence: int = 0
    opens: bool = False
    is_space: bool = False
    space_after: bool = False

    @property
    def end(self) -> int:
        """Offset after the last letter."""
        return self.start + len(self.text)

    @property
    def case(self) -> str | None:
        """Grammatical case by its Universal Dependencies name, "Gen"."""
        return self.feats.get("Case")

    @property
    def is_plural(self) -> bool:
        """Whether the word stands in the plural."""
        return self.feats.get("Number") == "Plur"

    @property
    def is_capital(self) -> bool:
        """Whether the word starts with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        """«РАН», «ETRI», «DxS», «КазНУ»: short, of capitals for the larger part."""
        capitals = sum(letter.isupper() for letter in self.text)
        return 2 <= len(self.text) <= 9 and capitals * 2 > len(self.text)

    @property
    def is_latin(self) -> bool:
        """Whether the letters are Latin."""
        return self.text[0].isalpha() and self.text[0] < "\u0250"

    @property
    def is_noun(self) -> bool:
        """Whether the tagger calls the word a noun, common or proper."""
        return self.pos in ("NOUN", "PROPN")

    @property
    def is_adjective(self) -> bool:
        """Whether the word is an adjective in its full form, an ordinal or a participle."""
        if self.feats.get("Variant") == "Short":
            return False
        return self.pos == "ADJ" or (self.pos == "VERB" and self.feats.get("VerbForm") == "Part")


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name over the words `start` to `end` (exclusive), labelled PER, ORG or LOC."""

    start: int
    end: int
    label: str

    def covers(self, index: int) -> bool:
        """Whether the word at `index` belongs to the name."""
        return self.start <= index < self.end

    def meets(self, other: Name) -> bool:
        """Whether the two names share a word."""
        return self.start < other.end and other.start < self.end


def morph_text(feats: dict[str, str]) -> str:
    """`{"Number": "Sing", "Case": "Gen"}` → "Case=Gen|Number=Sing"."""
    return "|".join(f"{name}={feats[name]}" for name in sorted(feats))


def agree(left: Word, right: Word) -> bool:
    """«научного» and «центра» → `True`: same case, and same gender unless either is plural."""
    if left.case != right.case or left.is_plural != right.is_plural:
        return False
    genders = left.feats.get("Gender"), right.feats.get("Gender")
    return left.is_plural or None in genders or genders[0] == genders[1]


def keep_longest(names: Iterable[Name], ranks: Sequence[str] = ("ORG", "PER", "LOC")) -> list[Name]:
    """Names that do not overlap, in order: a longer one wins, then the label that comes first in `ranks`."""
    kept: list[Name] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda item: (item.start - item.end, ranks.index(item.label), item.start)):
        span = range(name.start, name.end)
        if taken.isdisjoint(span):
            kept.append(name)
            taken.update(span)
    return sorted(kept)
