"""What a name is where words make it sure: by its head, the words around it, its shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coopex.annotate.name_extent import NameExtent
from coopex.annotate.name_tokens import ACRONYM
from coopex.annotate.name_words import is_demonym, place_kind, place_size

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_PERSON = 5
_SMALL_TOWN = 30_000
_LONGEST_DATELINE = 10  # tokens
_DASHES = {"-", "--", "–", "—", "―"}
_LONG_TITLE = 6  # letters of a title that may be shortened with a full stop
_LARGE_TOWN = 300_000  # "Baku said" is of a capital, "Griffin said" of a person
_INITIALS = re.compile(r"^(?:[A-Z][a-z]?\.){1,3}$")
_CAPITALS = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’]{2,}$")
_SYLLABLE = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|ia|ie|in|iu|ou|ua|ue|ui|un|uo|[aeiou])"
)
_PINYIN = re.compile(rf"^{_SYLLABLE}(?:-?{_SYLLABLE})?$", re.IGNORECASE)
_NAMED_PEOPLES = {"south", "north", "s.", "n.", "s", "n", "."}


class NameLabels(NameExtent):
    """Gives a run of tokens its label."""

    def _label(self, start: int, end: int, whole: int) -> tuple[str | None, bool]:
        """The label of a whole name and whether the words alone make it sure."""
        text = self.doc[start:whole].text
        if text in self.words.well_known:
            return "ORG", True
        if introduced := self._introduces(start, whole):
            return introduced, True
        if self._signs_dateline(start, whole) or self._unspeakable(start, whole):
            return "ORG", True
        if end - start == 1 and whole == end and self.words.is_lone_head(self.lower[start]):
            body = self.model[start] == "ORG" and self.lower[start] in self.words.state_bodies
            return ("ORG" if body else None), True
        if whole - start == 1 and self.tokens[start].pos_ == "ADJ" and is_demonym(text):
            return None, True
        kind = place_kind(text)
        if kind == "city" and whole - start == 1 and self._addressed(start):
            return "PER", True
        if kind == "city" and whole - start == 1 and self._rather_person(start):
            return (None if self.model[start] == "LOC" else self.model[start] or "PER"), True
        if kind:
            return ("ORG" if kind == "international" else "LOC"), True
        head = self._head_kind(start, end)
        if head is None and whole > end and self.lower[end - 1] in self.words.other_heads:
            head = "other"
        if head == "ORG" and self.shouting and whole == end and self._only_common(start, end):
            head = "other"
        if head:
            return (None if head == "other" else head), True
        if self._is_nothing(start, whole) or self._abbreviates(start, whole):
            return None, True
        if self._foreign_body(start, whole) or self._partners(start, whole):
            return "ORG", True
        if self.lower[start] in self.words.legal_forms and self.tokens[start].is_upper and whole - start > 1:
            return "ORG", True
        if self._class_first(start, end):
            return "ORG", True
        if self._is_person(start, whole) or self._holds_named_post(start, whole) or self._apposed_post(start, whole):
            return "PER", True
        if self._after_noun(start, self.words.organisation_nouns):
            return "ORG", True
        if self._after_noun(start, self.words.place_nouns) and not self._meets_place_noun(start, whole):
            return "LOC", True
        if self._before_class_noun(start, whole):
            return "ORG", True
        return None, False

    def _before_class_noun(self, start: int, end: int) -> bool:
        """ "the Rotor | plant", "Ilm | shipyard": a noun for a body in small letters follows the name."""
        following = self.tokens[end] if end < len(self.doc) else None
        proper = all(token.pos_ == "PROPN" for token in self.tokens[start:end])
        return (
            following is not None
            and proper
            and "PER" not in self.model[start:end]
            and following.text.islower()
            and following.lower_ in self.words.organisation_nouns
        )

    def _abbreviates(self, start: int, end: int) -> bool:
        """Whether the words before a bracket tell that an acronym is no name: "request for proposals (RFP)".

        The same acronym is none elsewhere in the block.
        """
        text = self.tokens[start].text
        if end - start > 1 or not ACRONYM.match(text):
            return False
        return any(
            self.tokens[index].text == text and self.tokens[index - 1].text == "(" and self._spelt_out(index - 1, text)
            for index in range(2, len(self.doc))
        )

    def _spelt_out(self, bracket: int, acronym: str) -> bool:
        """Whether small words before a bracket begin with the letters: "small modular reactors | (SMRs"."""
        letters = [letter.lower() for letter in acronym if letter.isupper()]
        before = [token for token in self.tokens[max(0, bracket - 12) : bracket] if token.is_alpha]
        content = [token for token in before if token.lower_ not in {"for", "of", "and", "the", "in", "on", "to"}]
        for words in (before, content):
            last = words[-len(letters) :]
            if len(last) == len(letters) > 1 and [token.lower_[0] for token in last] == letters:
                return all(token.text.islower() for token in last)
        return False

    def _foreign_body(self, start: int, end: int) -> bool:
        """ "Politecnico di Torino", "Universiti Teknologi Malaysia": a foreign word for a body leads."""
        return end - start > 1 and self.lower[start] in self.words.foreign_heads

    def _partners(self, start: int, end: int) -> bool:
        """ "Larsen & Toubro": two names with "&" between them are a firm."""
        return any(token.text == "&" for token in self.tokens[start + 1 : end - 1])

    def _only_common(self, start: int, end: int) -> bool:
        """Whether capitals may hide common nouns: SPACE CENTRE, Joint Laboratory."""
        return all(
            word in self.words.organisation_heads
            or word in self.words.organisation_nouns
            or word in self.words.leading_words
            or self.words.is_field(word)
            for word in self.lower[start:end]
        )

    def _class_first(self, start: int, end: int) -> bool:
        """Whether a class noun leads: "State Corporation | Rosatom", "Technopark | Skolkovo"."""
        last = end - 1
        while last > start and self.lower[last] not in self.words.organisation_nouns:
            last -= 1
        return (
            start <= last < end - 1
            and self.lower[last] in self.words.organisation_nouns
            and self._only_common(start, last + 1)
        )

    def _introduces(self, start: int, end: int) -> str | None:
        """The label of the name before the bracket in which acronyms stand alone: "… Institute (JINR)"."""
        last = self.found[-1] if self.found else None
        alone = end < len(self.doc) and self.tokens[end].text in {")", ",", ";"}
        if last is None or last.end != start - 1 or self.tokens[start - 1].text != "(" or not alone:
            return None
        if last.label == "LOC" and self._signs_dateline(start, end):
            return "ORG"
        return last.label if self._loud(start, end) and last.label in {"ORG", "LOC"} else None

    def _signs_dateline(self, start: int, end: int) -> bool:
        """ "HANOI (VNA) –", "NAIROBI, March 4. KBC --": the agency before the first words of a text."""
        after = self.tokens[end + 1 :] if self.lower[end : end + 1] == [")"] else self.tokens[end:]
        dash = len(after) > 0 and after[0].text in _DASHES and not (after[0].text == "-" and not self._spaced(after[0]))
        return dash and end - start == 1 and end < _LONGEST_DATELINE and bool(ACRONYM.match(self.tokens[start].text))

    def _spaced(self, token: Token) -> bool:
        return bool(token.whitespace_) and bool(self.tokens[token.i - 1].whitespace_)

    def _unspeakable(self, start: int, end: int) -> bool:
        """ "KBC": capitals without a vowel are no person, whatever the model says."""
        text = self.tokens[start].text
        loud = end - start == 1 and 2 < len(text) < 6 and text.isupper() and self.model[start] == "PER"
        return loud and not set(text) & set("AEIOUY")

    def _rather_person(self, index: int) -> bool:
        """Whether a word that is also some town is none here: "Griffin said", "Mr Bryan"."""
        token, before = self.tokens[index], self.lower[index - 1] if index else ""
        if before in self.words.place_nouns or before in {"from", "in", "at", "to"}:
            return False
        speaks = token.dep_ == "nsubj" and token.head.lemma_ in self.words.speech_verbs
        small = self.model[index] == "PER" and place_size(token.text) < _SMALL_TOWN
        known = self.lower[index] in self.words.given_names or self._after_title(index)
        unknown = self.model[index] != "LOC" and place_size(token.text) < _LARGE_TOWN
        return known or small or (speaks and unknown)

    def _is_nothing(self, start: int, end: int) -> bool:
        """Whether the words are a nationality, a field, a lone weak head or a technical acronym."""
        tokens = self.tokens[start:end]
        if all(is_demonym(token.text) or token.text in {"-", "–"} for token in tokens) or _is_people(tokens):
            return True
        if end - start == 1 and (self._is_plain(tokens[0]) or self._is_many(tokens[0]) or len(tokens[0]) == 1):
            return True
        return all(self.words.is_field(token.text) or token.text == "-" for token in tokens) and not any(
            self.model[token.i] for token in tokens
        )

    def _is_many(self, token: Token) -> bool:
        """Whether a plural is of people or things: "Muslims", "Euros"; not "Airlines", "SMEs", "the Philippines"."""
        known = token.text in self.words.well_known or bool(ACRONYM.match(token.text))
        return token.tag_ == "NNPS" and token.is_title and not known and self.model[token.i] != "LOC"

    def _is_plain(self, token: Token) -> bool:
        """A technical acronym, a currency before its sum, a lone post."""
        amount = token.is_upper and token.i + 1 < len(self.doc) and self.tokens[token.i + 1].like_num
        lone = (
            token.text in self.words.plain_acronyms
            or token.lower_ in self.words.titles
            or token.lower_ in self.words.plain_alone
            or token.lower_ in self.words.legal_forms
            or (self._starts(token) and self.words.noun_label(token.lower_.removesuffix("s")) is not None)
        )
        return amount or lone

    def _after_title(self, start: int) -> bool:
        before = self._word_before(start)
        return before >= 0 and (
            self.lower[before] in self.words.strong_titles or self._in_title_phrase(before, before + 1)
        )

    def _word_before(self, start: int) -> int:
        """Index of the word before a name, marks of a title left out: "Engr | .", "Dato | '", "General | (Retd)"."""
        if start > 1 and self.tokens[start - 1].text in {".", "'", "’"} and len(self.lower[start - 2]) < _LONG_TITLE:
            return start - 2
        if start > 3 and self.tokens[start - 1].text == ")" and self.lower[start - 2] in self.words.post_tails:
            return start - 4
        return start - 1

    def _after_noun(self, start: int, nouns: frozenset[str]) -> bool:
        """ "company Alstar", "the city of Hefei", "a firm called X"."""
        if start > 1 and self.lower[start - 1] == "of" and nouns is self.words.place_nouns:
            start -= 1
        return start > 0 and self.lower[start - 1] in nouns and self.tokens[start - 1].text.islower()

    def _addressed(self, start: int) -> bool:
        """ "Mr | Kingston", "Mrs | Houston": no town is addressed so."""
        before = self._word_before(start)
        return before >= 0 and self.lower[before].rstrip(".") in {"mr", "mrs", "ms", "miss"}

    def _meets_place_noun(self, start: int, end: int) -> bool:
        """ "Praising his region | Igor Sedov promised": a person who only happens to stand behind "region"."""
        return self.lower[start - 1] != "of" and self._looks_personal(start, end)

    def _is_person(self, start: int, end: int) -> bool:
        """Title or post before the name, initials in it, or a surname in capitals."""
        tokens = [token for token in self.tokens[start:end] if token.text != "-"]
        if len(tokens) > LONGEST_PERSON or any(token.is_digit for token in tokens):
            return False
        if self._after_title(start) or self._after_noun(start, self.words.person_nouns):
            return not ACRONYM.match(tokens[0].text) or len(tokens) > 1 or bool(_CAPITALS.match(tokens[0].text))
        if len(tokens) > 1 and any(_INITIALS.match(token.text) for token in tokens[:-1]):
            return "ORG" not in self.model[start:end]
        return not self.headline and self._has_capital_surname(tokens)

    def _has_capital_surname(self, tokens: list[Token]) -> bool:
        """ "YAN Rujian", "Dmitry NIKUSHCHENKO": one word in capitals that is no known acronym, the rest
        not."""
        if len(tokens) < 2:
            return False
        loud = [bool(_CAPITALS.match(token.text)) for token in tokens]
        first_or_last = loud[0] != loud[-1] and sum(loud) == 1
        return first_or_last and {self.model[token.i] for token in tokens} & {"PER"} != set()

    def _holds_named_post(self, start: int, end: int) -> bool:
        """Whether a post and its place stand before the comma: "the Prime Minister of Samoa, | Tavita Leota"."""
        last = self.found[-1] if self.found else None
        if last is None or last.end != start - 1 or self.lower[start - 1] != "," or not self._plain_person(start, end):
            return False
        before = self.lower[max(0, last.start - 8) : last.start]
        post = any(word in self.words.strong_titles for word in before)
        return post and before[-1] in {"of", "the", "to", "for", "in"}

    def _plain_person(self, start: int, end: int) -> bool:
        """Whether two to four plain capitalised words might be a person: no acronym, body or field among them."""
        words = [token for token in self.tokens[start:end] if token.text != "-"]
        return (
            2 <= len(words) <= LONGEST_PERSON - 1
            and all(token.text.isalpha() and not ACRONYM.match(token.text) for token in words)
            and not any(self.words.is_field(token.text) or self.words.is_head(token.lower_) for token in words)
        )

    def _apposed_post(self, start: int, end: int) -> bool:
        """Whether a post follows after a comma: "Hayk Chobanyan, | caretaker minister of …"."""
        if not self._plain_person(start, end) or self.lower[end : end + 1] != [","]:
            return False
        for token in self.tokens[end + 1 : end + 5]:
            if token.lower_ in self.words.person_nouns and token.text.islower():
                return True
            if token.pos_ not in {"ADJ", "NOUN", "DET", "PRON", "ADV", "PUNCT"} or token.text == ",":
                return False
        return False

    def _looks_personal(self, start: int, end: int) -> bool:
        """A common given name first, or a Chinese family name before one or two Chinese syllables."""
        if not 1 < end - start <= LONGEST_PERSON:
            return False
        first, last = self.tokens[start].text, self.tokens[end - 1].text
        if first.lower() in self.words.given_names and last.isalpha() and not self.words.is_field(last):
            return True
        return first.lower() in self.words.chinese_surnames and end - start == 2 and bool(_PINYIN.match(last))

def _is_people(tokens: list[Token]) -> bool:
    """Whether the words are such as "South Korean", "S. Korean"."""
    *first, last = tokens
    return bool(first) and all(token.lower_ in _NAMED_PEOPLES for token in first) and is_demonym(last.text)
