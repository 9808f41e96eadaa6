"""What the words of a whole text allow, asked where a match alone decides nothing."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cached_property

from coopex.blocks import Block
from coopex.gate.sentences import Sentence, capitalised, read_sentence, sentences, words_in
from coopex.gate.signs import may_found, may_rouse, may_tell_of_visitors

_GROUPS = ("groups", "guests", "members", "hosts")
_MANY = ("posts", "bodies")
_STEM = 4  # letters at least that tell a noun
_ENDING = 3  # letters that an ending may change: «академия», «академией»


class Around:
    """The sentences of the told blocks of a text, read when asked for.

    "The delegation left. Engineers of Nordvik came." → `names_groups`: the delegation may be theirs.
    """

    def __init__(self, text: str, blocks: Sequence[Block], told: frozenset[int]) -> None:
        self._text, self._blocks, self._told = text, blocks, told
        self._read: dict[int, list[Sentence]] = {}

    def may_found(self, number: int) -> bool:
        """Tell whether a sentence of a block may found a record."""
        block = self._blocks[number]
        language = str(block.language)
        return any(
            may_rouse(words_in(sentence), language)
            and may_found(read_sentence(sentence, language, self._names), title=block.kind == "title")
            for sentence in sentences(self._text[block.start : block.end])
        )

    def names_groups(self) -> bool:
        """Tell whether a group may be named for "the delegation" to point back to: two such nouns, and a name by one.

        "The companies" that stand for several named ones make a group as well; Russian nouns do not show number
        for certain, so that all of them count.
        """
        told = [sentence for number in self._told for sentence in self._sentences(number)]
        return sum(_groups(sentence) for sentence in told) > 1 and any(_groups(one) and one.names for one in told)

    def names_bodies(self, noun: str, language: str) -> bool:
        """Tell whether a body or place may be named that "the union" points back to: with a word of that kind.

        Any name may be a town, or a brand that "the company" means; one that spells its kind is a university.
        """
        from coopex.resolve.reference_words import acronym_letters, fold, kin_of, listed

        told = fold(noun)
        anything = listed("brands", language) | listed("places", language)
        if told in anything.union(*acronym_letters(language).values()):
            return True
        kin = kin_of(told, language)
        stems = tuple(word[: max(_STEM, len(word) - _ENDING)] for word in kin if len(word) > _ENDING)
        return sum(word in kin or word.startswith(stems) for word in self._words) > 1

    def names_post(self, noun: str, language: str) -> bool:
        """Tell whether somebody of a post may be named: a sentence has a name, and the noun or one of its kin.

        "The head of the firm" may be a director, "his counterpart" anybody of a post.
        """
        from coopex.resolve.reference_words import fold, kin_of, listed

        told = fold(noun)
        kin = kin_of(told, language, "kin_posts")
        stems = tuple(word[: max(_STEM, len(word) - _ENDING)] for word in kin)
        loose = told in listed("heading", language) | listed("counterparts", language)
        return any(
            (loose and one.has("posts")) or any(word.lower.startswith(stems) for word in one.words)
            for number in self._told
            for one in self._sentences(number)
            if one.names
        )

    def names_visitors(self, read: Set[int]) -> bool:
        """Tell whether a block other than those `read` may name visitors of a trip told of in these."""
        known = {word.lower for number in read for one in self._sentences(number) for word in one.words if word.is_name}
        outside = (one for number in self._told - read for one in self._sentences(number))
        return any(may_tell_of_visitors(sentence, known) for sentence in outside)

    def tells_of_signing(self) -> bool:
        """Tell whether a sentence may date a signing: "The ceremony was held on Monday"."""
        return any(sentence.has("signings") for number in self._told for sentence in self._sentences(number))

    def _sentences(self, number: int) -> list[Sentence]:
        if number not in self._read:
            block = self._blocks[number]
            self._read[number] = [
                read_sentence(sentence, str(block.language), self._names)
                for sentence in sentences(self._text[block.start : block.end])
            ]
        return self._read[number]

    @cached_property
    def _words(self) -> list[str]:
        told = (self._blocks[number] for number in self._told)
        return [word for block in told for word in words_in(self._text[block.start : block.end])]

    @cached_property
    def _names(self) -> frozenset[str]:
        return capitalised(self._text)


def _groups(sentence: Sentence) -> int:
    """Count the nouns of a sentence that may stand for a group of people."""
    several = sum(
        word.lower not in word.lemmas or sentence.language == "ru"
        for word in sentence.words
        if not word.lemmas.isdisjoint(sentence.classes(*_MANY))
    )
    return sentence.count(*_GROUPS) + several
