"""Words of a block: which belong to names, where runs of them end, what heads they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopex.annotate.name_words import NameWords, is_demonym, name_words, place_kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "``": "''"}
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_MOST_PARTICLES = 3
# tokens: no name is longer, and the words of a headline in title case are tried as names from each word to each other
_LONGEST_RUN = 40
ACRONYM = re.compile(r"^[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*$")
_PEOPLES = {("people", "'s"), ("people", "’s"), ("peoples", "'"), ("peoples", "’")}
SMALL_WORDS = {
    "from", "in", "of", "for", "with", "at", "by", "to", "on", "under", "after", "before", "during", "since",
    "and", "or", "the", "a", "an", "as",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``start`` to ``end`` (exclusive) are one name; no ``label`` means surely none of PER, ORG,
    LOC."""

    start: int
    end: int
    label: str | None
    sure: bool = True


def in_capitals(words: Iterable[str]) -> bool:
    """Whether the words of a block are all in capitals, as in many headlines."""
    return _mostly(words, str.isupper)


def _mostly(words: Iterable[str], has_shape: Callable[[str], bool]) -> bool:
    """Whether nearly all longer words have a shape such as ``str.isupper``."""
    longer = [has_shape(word) for word in words if len(word) > 3 and word.isalpha()]
    return len(longer) > 1 and sum(longer) >= 0.8 * len(longer)


class NameTokens:
    """Flags and lookups over the tokens of one Doc."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words: NameWords = name_words()
        self.tokens = list(doc)  # each look into a Doc makes a new Token: .1 ms a text for the words of a block
        self.lower = [token.lower_ for token in self.tokens]
        self.model = [token.ent_type_ for token in self.tokens]
        self.found: list[Name] = []
        texts = [token.text for token in self.tokens]
        self.shouting = in_capitals(texts)
        self.headline = self.shouting or (_mostly(texts, str.istitle) and texts[-1] not in {".", "!", "?"})
        self.named: list[bool] = []
        for token in self.tokens:
            self.named.append(self._is_name_token(token))

    def _is_name_token(self, token: Token) -> bool:
        if not token.text[0].isupper() or self._is_calendar(token):
            return False
        if token.lower_ in self.words.plain_words:
            return token.i > 0 and self.named[-1] and not self.headline
        if token.lower_ in SMALL_WORDS or self._is_staff(token):
            return False
        if token.lower_ in self.words.function_words and not token.ent_type_ and not token.is_upper:
            return False
        if self.headline:
            verb = token.lower_ in self.words.headline_verbs and token.i > 0
            return not verb and self._stands_out(token)
        if self._starts(token) or self._opens_quote(token):
            return self._opens_name(token)
        return True

    def _is_staff(self, token: Token) -> bool:
        """ "Reuters | Staff": who writes for an agency is no part of its name."""
        return (
            token.lower_ in self.words.staff_words
            and token.i > 0
            and self.tokens[token.i - 1].text in self.words.well_known
        )

    def _is_calendar(self, token: Token) -> bool:
        """ "May 12", "on Sunday"; but not the first word of "Sun Yat-sen" or "Jan-Gunnar"."""
        if token.lower_ not in self.words.calendar:
            return False
        if len(token) > 5 or token.i + 1 >= len(self.doc):
            return True
        if token.i and self.tokens[token.i - 1].pos_ in {"ADP", "NUM"}:
            return True
        following = self.tokens[token.i + 1]
        if (
            token.i
            and self.named[-1]
            and self.lower[token.i - 1] in self.words.chinese_surnames | self.words.given_names
        ):
            return following.like_num
        return not (following.text[0].isupper() or following.text == "-") or following.lower_ in self.words.titles

    def _stands_out(self, token: Token) -> bool:
        """Whether a capitalised word of a headline belongs to a name."""
        if token.ent_type_ or token.pos_ == "PROPN":
            return True
        lower = token.lower_
        heads = lower in self.words.organisation_heads or lower in self.words.titles or self.words.is_field(token.text)
        return (token.pos_ in {"NOUN", "ADJ"} and (heads or is_demonym(token.text.title()))) or bool(
            place_kind(token.text.title())
        )

    def _starts(self, token: Token) -> bool:
        """Whether a sentence starts here; not where the parser cuts between two words of a name."""
        before = self.tokens[token.i - 1] if token.i else None
        return bool(token.is_sent_start) and (before is None or before.is_punct or before.is_space)

    def _opens_quote(self, token: Token) -> bool:
        return token.i > 0 and self.tokens[token.i - 1].text in {*QUOTES, ":", "•", "-", "–", "—"}

    def _opens_name(self, token: Token) -> bool:
        """Whether a capitalised word that opens a sentence belongs to a name."""
        if (
            token.pos_ == "PROPN"
            or (token.ent_type_ and token.pos_ in {"ADJ", "X", "NUM"})
            or ACRONYM.match(token.text)
        ):
            return True
        following = self.tokens[token.i + 1] if token.i + 1 < len(self.doc) else None
        capital = following is not None and following.text[0].isupper() and following.lower_ not in self.words.calendar
        heads = (
            token.lower_ in self.words.complement_heads and following is not None and following.lower_ in {"of", "for"}
        )
        if place_kind(token.text) and token.pos_ in {"NOUN", "X"}:
            return True
        return token.pos_ in {"ADJ", "NOUN", "X"} and (capital or heads or is_demonym(token.text))

    def _run_end(self, start: int) -> int:
        """End of the run of name tokens from ``start``: capitals, hyphens between them, particles, "& Co"."""
        end = start
        while end < min(len(self.doc), start + _LONGEST_RUN):
            if self.named[end]:
                end += 1
            elif end > start and (step := self._inner_step(end)):
                end += step
            else:
                break
        return end

    def _inner_step(self, index: int) -> int:
        """How many tokens at ``index`` carry a run on although they are not capitalised."""
        lower, following = self.lower[index], index + 1
        if following >= len(self.doc):
            return 0
        next_named = self.named[following]
        glued = not self.tokens[index - 1].whitespace_ and not self.tokens[index].whitespace_
        if lower in {"-", "–"} and glued:
            tail = self.lower[following] in self.words.compound_tails
            return 0 if tail or not (next_named or self.model[following]) else 2
        if lower in self.words.particles and not self.shouting:
            return self._particle_step(index)
        if _ORDINAL.match(lower) and next_named:
            return 2
        if lower == "&" and next_named:
            return 2
        if (self.lower[index - 1], lower) in _PEOPLES and next_named:
            return 2
        if (self.lower[index - 1], lower, self.lower[following]) == ("belt", "and", "road"):
            return 2
        if lower == "the" and next_named and self.lower[following] in self.words.epithets:
            return 2
        form = self.lower[following] in self.words.comma_forms and self.tokens[following].text[0].isupper()
        return 2 if lower == "," and form else 0

    def _particle_step(self, index: int) -> int:
        """ "bin | Zayed" → 2, "van | der | Meer" and "al | - | Sadr" → 3, 0 where no name follows."""
        for steps in range(1, _MOST_PARTICLES):
            if index + steps < len(self.doc) and self.named[index + steps]:
                return steps + 1
            if index + steps >= len(self.doc) or self.lower[index + steps] not in self.words.particles:
                break
        hyphen = self.lower[index + 1] == "-" and index + 2 < len(self.doc) and self.named[index + 2]
        return 3 if hyphen else 0

    def _is_field(self, index: int) -> bool:
        token = self.tokens[index]
        return token.text[0].isupper() and (self.named[index] or self.headline) and self.words.is_field(token.text)

    def _field_end(self, start: int) -> int:
        """End of "Science, Technology and Innovation" from ``start``."""
        end = start
        while end < len(self.doc):
            if self._is_field(end):
                end += 1
            elif end > start and (step := self._field_joint(end)):
                end += step
            else:
                break
        return end

    def _field_joint(self, index: int) -> int:
        """How many tokens join two fields at ``index``: "and" → 1, the comma of a list → 1, ", and" → 2, else 0."""
        joint = self.lower[index]
        serial = joint == "," and index + 1 < len(self.doc) and self.lower[index + 1] in {"and", "&"}
        step = 2 if serial else 1
        if joint not in {"and", "&", ",", "-"} or index + step >= len(self.doc) or not self._is_field(index + step):
            return 0
        return 0 if joint == "," and not serial and not self._list_ends_with_and(index) else step

    def _list_ends_with_and(self, comma: int) -> bool:
        """Whether the comma is inside "X, Y and Z", all of them field words."""
        index = comma + 1
        while index < len(self.doc) and (self._is_field(index) or self.lower[index] == ","):
            index += 1
        return index + 1 < len(self.doc) and self.lower[index] in {"and", "&"} and self._is_field(index + 1)

    def _is_title(self, index: int, end: int) -> bool:
        """Whether the token is a title or post, not a word of the name."""
        lower = self.lower[index]
        if lower == "ministers" and index > 1 and self.lower[index - 1] == "of":
            return False
        if self._in_title_phrase(index, end) or self._is_post_tail(index, end):
            return True
        if lower == "-":
            return 0 < index < end - 1 and self.lower[index - 1] in self.words.titles and self._is_title(index + 1, end)
        if lower in self.words.strong_titles or (
            index + 1 < end and lower.removesuffix("s") in self.words.strong_titles
        ):
            return True
        return lower in self.words.titles and index + 1 < end and self._is_title(index + 1, end)

    def _in_title_phrase(self, index: int, end: int) -> bool:
        """Whether the token stands in a post of several words: "Chief | Executive | Officer", "Tan | Sri"."""
        return any(
            " ".join(self.lower[first:last]) in self.words.title_phrases
            for first in range(max(0, index - 3), index + 1)
            for last in range(max(index + 1, first + 2), min(end, first + 4) + 1)
        )

    def _is_post_tail(self, index: int, end: int) -> bool:
        """Whether the token goes on with the post before it: "Minister | Delegate Faouzi Alaoui"."""
        follows = index > 0 and self.lower[index - 1] in self.words.strong_titles
        return follows and index + 1 < end and self.lower[index] in self.words.post_tails

    def _in_model_name(self, index: int) -> bool:
        """Whether the model has the word inside a name: Muhammed Sheikh Khalil, Burger King."""
        if self.tokens[index].ent_iob_ != "I" or self._in_title_phrase(index, index + 1):
            return False
        if self.model[index] == "PER":
            return self.lower[index] not in {"president", "ceo"}
        return self.lower[index] in {"king", "queen", "prince", "general", "premier"}

    def _head_kind(self, start: int, end: int) -> str | None:
        """What the last word of a run says it is: ORG, LOC, ``other`` (event, document), or None."""
        if end <= start:
            return None
        last = end - 1
        while last > start and (self.tokens[last].is_digit or self.lower[last] == "-"):
            last -= 1
        head = self.lower[last]
        if head in self.words.legal_forms and last > start and self.tokens[last].text[0].isupper():
            return "ORG"
        if head == "park" and any(self.lower[index] in self.words.park_words for index in range(start, last)):
            return "ORG"
        if head == "bank" and end - start == 2 and self.model[last] == "LOC":
            return "LOC"
        if head in self.words.organisation_heads:
            return "ORG" if head not in self.words.weak_heads or last > start or self._completed(end) else None
        if head in self.words.place_heads and (last > start or self._completed(end)):
            return "LOC"
        return "other" if head in self.words.other_heads else None

    def _completed(self, end: int) -> bool:
        """Whether "of" or "for" and a capital follow a lone head: Ministry of Health."""
        if end + 1 >= len(self.doc) or self.lower[end] not in {"of", "for"}:
            return False
        start = end + 1 + (self.lower[end + 1] == "the")
        return start < len(self.doc) and self.named[start] and self.words.takes_complement(self.lower[end - 1])
