"""Whole English names above the entity model: runs of capitalised words, read by their heads, titles and
links.

The model finds that something is a name; the words tell where it ends and what it is. "Institute for High
Pressure Physics of the Russian Academy of Sciences (HPPI)" is one ORG and an acronym, "Minister of
Agriculture Askar Myrzakhmetov" is one PER without the post, "Technoprom Forum" is no party to anything and
stays unlabelled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopex.annotate.name_words import NameWords, is_demonym, name_words, place_kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "``": "''"}
_INITIALS = re.compile(r"^(?:[A-Z][a-z]?\.){1,3}$")
_ACRONYM = re.compile(r"^[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*$")
_CAPITALS = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’]{2,}$")
_SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u)"
_PINYIN = re.compile(rf"^{_SYLLABLE}(?:-?{_SYLLABLE})?$", re.IGNORECASE)
_SMALL = set("from in of for with at by to on under after before during since and or the a an as".split())
_NEVER = {"PRON", "DET", "AUX", "SCONJ", "PART", "INTJ", "PUNCT", "CCONJ"}
_LONGEST_QUOTE = 8
_TRUST = {"ORG": 1.5, "PER": 1.0, "LOC": 0.7}
_LONGEST_PERSON = 5


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``start`` to ``end`` (exclusive) are one name; no ``label`` means surely none of PER, ORG,
    LOC."""

    start: int
    end: int
    label: str | None
    sure: bool = True


def complete_names(doc: Doc) -> Doc:
    """Set ``doc.ents`` to whole, typed names.

    Ents [Institute] in "the Institute for Nuclear Research (INR) in Dubna" → [Institute for Nuclear
    Research ORG], [INR ORG], [Dubna LOC]. Needs ``pos_`` and the model's ents on the tokens; works in place
    and gives the Doc back.
    """
    names = _NameReader(doc).read()
    doc.set_ents(_spans(doc, names))
    share_names([doc])
    return doc


def share_names(docs: Sequence[Doc]) -> None:
    """Carry names through a text: surnames of people named in full, acronyms, first words of organisations.

    "Grigory Trubnikov … Trubnikov" → both PER; "… Institute (JINR) … JINR" → ORG everywhere; in a headline in
    capitals every name that the rest of the text has. Works in place on the Docs of one text.
    """
    known: dict[str, str] = {}
    companies: dict[str, str] = {}
    full: dict[tuple[str, ...], str] = {}
    for doc in docs:
        known.update(_introduced(doc))
        companies.update(_called_companies(doc))
        if not in_capitals(doc):
            full.update({tuple(token.lower_ for token in ent): ent.label_ for ent in doc.ents})
    known |= companies
    usual = _most_frequent(docs) | known
    full.update({(word.lower(),): label for word, label in known.items()})
    for doc in docs:
        if in_capitals(doc):
            _find_known(doc, full)
        else:
            _relabel(doc, known, usual)


def in_capitals(doc: Doc) -> bool:
    """Whether a block is all capitals, as many headlines are."""
    return _mostly(doc, "is_upper")


def _introduced(doc: Doc) -> Iterator[tuple[str, str]]:
    """Short forms that a text introduces, with their labels."""
    for ent in doc.ents:
        if ent.label_ == "PER" and 1 < len(ent) <= _LONGEST_PERSON:
            for token in (ent[0], ent[-1]):
                if len(token) > 2 and token.is_alpha and not _ordinary(token):
                    yield token.text, "PER"
                    yield token.text.title(), "PER"
        elif ent.label_ == "ORG" and len(ent) == 1 and _in_brackets(doc, ent) and _ACRONYM.match(ent.text):
            yield ent.text, "ORG"
        elif ent.label_ == "ORG" and len(ent) > 1 and ent[1].text != "-" and not _ordinary(ent[0]):
            if name_words().is_distinctive(ent[0].text):
                yield ent[0].text, "ORG"


def _most_frequent(docs: Sequence[Doc]) -> dict[str, str]:
    """The commonest label of every one-word name of a text that is no place in the gazetteer."""
    counts: dict[str, Counter[str]] = {}
    for doc in docs:
        for ent in doc.ents:
            if len(ent) == 1 and len(ent.text) > 2 and not _ordinary(ent[0]) and not ent[0].is_sent_start:
                counts.setdefault(ent.text, Counter())[ent.label_] += 1
    return {
        text: max(labels, key=lambda label: labels[label] * _TRUST[label]) for text, labels in counts.items()
    }


def _called_companies(doc: Doc) -> Iterator[tuple[str, str]]:
    """Single words that the text calls a company: "technology company Dyson", although James Dyson is there too."""
    nouns = name_words().organisation_nouns
    for ent in doc.ents:
        if ent.label_ != "ORG" or len(ent) > 1:
            continue
        before = doc[ent.start - 1].lower_ if ent.start else ""
        after = doc[ent.end].lower_ if ent.end < len(doc) else ""
        if before in nouns or after in name_words().person_nouns:
            yield ent.text, "ORG"


def _ordinary(token: Token) -> bool:
    return bool(place_kind(token.text)) or is_demonym(token.text)


def _in_brackets(doc: Doc, ent: Span) -> bool:
    return (
        0 < ent.start and ent.end < len(doc) and doc[ent.start - 1].text == "(" and doc[ent.end].text == ")"
    )


def _relabel(doc: Doc, known: dict[str, str], usual: dict[str, str]) -> None:
    """Give lone tokens that repeat an introduced name its label."""
    from spacy.tokens import Span

    taken = {token.i for ent in doc.ents if len(ent) > 1 for token in ent}
    found = [
        Span(doc, token.i, token.i + 1, usual[token.text])
        for token in doc
        if token.text in usual
        and token.i not in taken
        and (token.text in known or token.pos_ == "PROPN" or token.ent_type_ or _ACRONYM.match(token.text))
        and not _goes_on(doc, token.i)
    ]
    if found:
        starts = {span.start for span in found}
        doc.set_ents([*found, *(ent for ent in doc.ents if ent.start not in starts or len(ent) > 1)])


def _goes_on(doc: Doc, index: int) -> bool:
    """Whether the next token goes on with a name, so that this one is only its first word."""
    following = doc[index + 1] if index + 1 < len(doc) else None
    return (
        following is not None
        and following.pos_ == "PROPN"
        and not following.ent_type_
        and following.text[0].isupper()
    )


def _find_known(doc: Doc, full: dict[tuple[str, ...], str]) -> None:
    """Mark in a block of capitals the names that the text has elsewhere; they win over what overlaps them."""
    from spacy.tokens import Span

    lower = [token.lower_ for token in doc]
    longest = max(map(len, full), default=0)
    found: list[Span] = []
    position = 0
    while position < len(doc):
        sizes = range(min(longest, len(doc) - position), 0, -1)
        size = next((size for size in sizes if tuple(lower[position : position + size]) in full), 0)
        if size:
            found.append(Span(doc, position, position + size, full[tuple(lower[position : position + size])]))
        position += size or 1
    kept = [
        ent
        for ent in doc.ents
        if len(ent) > 1 and not name_words().heads().isdisjoint(lower[ent.start : ent.end])
    ]
    sure = {token.i for ent in kept for token in ent}
    found = [span for span in found if not sure.intersection(range(span.start, span.end))]
    taken = sure | {token.i for span in found for token in span}
    kept += [ent for ent in doc.ents if not taken.intersection(range(ent.start, ent.end)) and _worth(ent)]
    doc.set_ents([*found, *kept])


def _worth(ent: Span) -> bool:
    """Whether a name in a block of capitals may stand although nothing else in the text has it."""
    return len(ent) > 1 or bool(place_kind(ent.text)) or ent.label_ == "ORG"


def _spans(doc: Doc, names: Iterable[Name]) -> list[Span]:
    from spacy.tokens import Span

    return [Span(doc, name.start, name.end, name.label) for name in names if name.label]


class _NameReader:
    """Reads one Doc from left to right into names."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words: NameWords = name_words()
        self.lower = [token.lower_ for token in doc]
        self.model = [token.ent_type_ for token in doc]
        self.found: list[Name] = []
        self.shouting = in_capitals(doc)
        self.headline = self.shouting or _mostly(doc, "is_title")
        self.named: list[bool] = []
        for token in doc:
            self.named.append(self._is_name_token(token))

    def read(self) -> list[Name]:
        """All names of the Doc, in order and without overlap; entities of the model fill the gaps."""
        names = self.found
        position = 0
        while position < len(self.doc):
            before = len(names)
            for name in self._at(position):
                names.append(name)
            position = max([position + 1, *(name.end for name in names[before:])])
        return self._with_model(names)

    # -- tokens ----------------------------------------------------------------------------------------------

    def _is_name_token(self, token: Token) -> bool:
        if not token.text[0].isupper() or self._is_calendar(token):
            return False
        if token.lower_ in self.words.plain_words:
            return token.i > 0 and self.named[-1] and not self.headline
        if token.lower_ in _SMALL:
            return False
        if token.pos_ in _NEVER and not token.ent_type_ and not _ACRONYM.match(token.text):
            return False
        if self.headline:
            return self._stands_out(token)
        if token.is_sent_start or self._opens_quote(token):
            return self._opens_name(token)
        return True

    def _is_calendar(self, token: Token) -> bool:
        """ "May 12", "on Sunday"; but not the first word of "Sun Yat-sen" or "Jan-Gunnar"."""
        if token.lower_ not in self.words.calendar:
            return False
        if (
            len(token) > 5
            or token.i + 1 >= len(self.doc)
            or token.i
            and self.doc[token.i - 1].pos_ in {"ADP", "NUM"}
        ):
            return True
        following = self.doc[token.i + 1]
        return (
            not (following.text[0].isupper() or following.text == "-")
            or following.lower_ in self.words.titles
        )

    def _stands_out(self, token: Token) -> bool:
        """Whether a capitalised word of a headline belongs to a name."""
        if token.ent_type_ or token.pos_ == "PROPN":
            return True
        lower = token.lower_
        heads = (
            lower in self.words.organisation_heads
            or lower in self.words.titles
            or self.words.is_field(token.text)
        )
        return (
            token.pos_ in {"NOUN", "ADJ"}
            and (heads or is_demonym(token.text.title()))
            or bool(place_kind(token.text.title()))
        )

    def _opens_quote(self, token: Token) -> bool:
        return token.i > 0 and self.doc[token.i - 1].text in {*_QUOTES, ":", "•", "-", "–", "—"}

    def _opens_name(self, token: Token) -> bool:
        """Whether a capitalised word that opens a sentence belongs to a name."""
        if (
            token.pos_ == "PROPN"
            or token.ent_type_
            and token.pos_ in {"ADJ", "X", "NUM"}
            or _ACRONYM.match(token.text)
        ):
            return True
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        capital = (
            following is not None
            and following.text[0].isupper()
            and following.lower_ not in self.words.calendar
        )
        heads = (
            token.lower_ in self.words.complement_heads
            and following is not None
            and following.lower_ in {"of", "for"}
        )
        if place_kind(token.text) and token.pos_ in {"NOUN", "ADJ", "X"}:
            return True
        return token.pos_ in {"ADJ", "NOUN", "X"} and (capital or heads or is_demonym(token.text))

    def _run_end(self, start: int) -> int:
        """End of the run of name tokens from ``start``: capitals, hyphens between them, particles, "& Co"."""
        end = start
        while end < len(self.doc):
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
        glued = not self.doc[index - 1].whitespace_ and not self.doc[index].whitespace_
        if lower in {"-", "–"} and glued:
            tail = self.lower[following] in self.words.compound_tails
            return 0 if tail or not (next_named or self.model[following]) else 2
        if lower in self.words.particles and not self.shouting:
            return self._particle_step(index)
        if lower == "&" and next_named:
            return 2
        if (self.lower[index - 1], lower) in {("people", "'s"), ("people", "’s")} and next_named:
            return 2
        if (self.lower[index - 1], lower, self.lower[following]) == ("belt", "and", "road"):
            return 2
        if lower == "the" and next_named and self.lower[following] in self.words.epithets:
            return 2
        if (
            lower == ","
            and self.lower[following] in self.words.legal_forms
            and self.doc[following].text[0].isupper()
        ):
            return 2
        return 0

    def _particle_step(self, index: int) -> int:
        """ "bin | Zayed" → 2, "al | - | Sadr" → 3, 0 where no name follows."""
        if self.named[index + 1]:
            return 2
        hyphen = self.lower[index + 1] == "-" and index + 2 < len(self.doc) and self.named[index + 2]
        return 3 if hyphen else 0

    # -- names -----------------------------------------------------------------------------------------------

    def _at(self, index: int) -> Iterator[Name]:
        """The names that start at ``index``, the pieces of one run."""
        if self.doc[index].text in _QUOTES:
            yield from self._quoted(index)
        elif self.named[index]:
            yield from self._run(index, self._run_end(index))

    def _quoted(self, index: int) -> Iterator[Name]:
        """``company "Uniten Biotech"`` → the words between the quotes, an ORG; after "forum" no name at
        all."""
        closing = _QUOTES[self.doc[index].text]
        inside = range(index + 1, min(index + 2 + _LONGEST_QUOTE, len(self.doc)))
        end = next((at for at in inside if self.doc[at].text == closing), None)
        if index == 0 or end is None or end == index + 1 or not self.doc[index + 1].text[0].isupper():
            return
        before = self.lower[index - 1]
        if before in self.words.organisation_nouns or before in self.words.organisation_heads:
            yield Name(index + 1, end, "ORG")
        elif before in self.words.other_heads:
            yield Name(index + 1, end, None)

    def _run(self, start: int, end: int) -> Iterator[Name]:
        """Split a run at posts and titles, and read the pieces."""
        if self._head_kind(start, end) in {"ORG", "LOC", "other"} and not self._title_inside(start, end):
            yield self._complete(start, end)
            return
        piece = start
        for index in range(start, end):
            if self._is_title(index, end) and not self._in_model_person(index):
                if index > piece:
                    yield self._complete(piece, index, extend=False)
                piece = index + 1
        if piece < end:
            yield self._complete(piece, end)
        elif end > start:
            yield from self._after_post(end)

    def _is_title(self, index: int, end: int) -> bool:
        """Whether the token is a title or post, not a word of the name."""
        lower = self.lower[index]
        if lower in self.words.strong_titles:
            return True
        return lower in self.words.titles and index + 1 < end and self._is_title(index + 1, end)

    def _in_model_person(self, index: int) -> bool:
        """Whether the model has the word in the middle of a person's name: Muhammed Sheikh Khalil."""
        return (
            self.doc[index].ent_iob_ == "I"
            and self.model[index] == "PER"
            and self.lower[index] not in {"president", "ceo"}
        )

    def _title_inside(self, start: int, end: int) -> bool:
        """Whether a post follows an organisation inside the run: "Harbin University President Yao Yu"."""
        return any(
            self.lower[index] in self.words.strong_titles
            and self._head_kind(start, index) == "ORG"
            and index + 1 < end
            for index in range(start + 1, end)
        )

    def _after_post(self, index: int) -> Iterator[Name]:
        """After a bare post: "Minister | of Agriculture Askar Myrzakhmetov" → the field is no name, the
        person is."""
        post = self.lower[index - 1]
        if (
            index + 1 >= len(self.doc)
            or self.lower[index] not in {"of", "for", "in"}
            or post not in self.words.field_posts
        ):
            return
        start = index + 1 + (self.lower[index + 1] == "the")
        end = self._field_end(start)
        if end == start or end < len(self.doc) and self._heads_organisation(end):
            return
        yield Name(start, end, None)
        if end < len(self.doc) and self.named[end]:
            yield from self._run(end, self._run_end(end))

    def _heads_organisation(self, index: int) -> bool:
        return self.named[index] and self.lower[index] in self.words.organisation_heads

    def _field_end(self, start: int) -> int:
        """End of "Science, Technology and Innovation" from ``start``."""
        end = start
        while end < len(self.doc):
            if self._is_field(end):
                end += 1
            elif (
                end > start
                and self.lower[end] in {"and", "&", ",", "-"}
                and end + 1 < len(self.doc)
                and self._is_field(end + 1)
            ):
                if self.lower[end] == "," and not self._list_ends_with_and(end):
                    break
                end += 2
            else:
                break
        return end

    def _is_field(self, index: int) -> bool:
        token = self.doc[index]
        return (
            token.text[0].isupper()
            and (self.named[index] or self.headline)
            and self.words.is_field(token.text)
        )

    def _list_ends_with_and(self, comma: int) -> bool:
        """Whether the comma is inside "X, Y and Z", all of them field words."""
        index = comma + 1
        while index < len(self.doc) and (self._is_field(index) or self.lower[index] == ","):
            index += 1
        return index + 1 < len(self.doc) and self.lower[index] in {"and", "&"} and self._is_field(index + 1)

    def _with_particle(self, start: int) -> int:
        """Take "bin" or "al-" before a name in, where the model does so too."""
        first = start
        while (
            first > 0
            and self.doc[first].ent_iob_ == "I"
            and self.lower[first - 1] in self.words.particles | {"-"}
        ):
            first -= 1
        return first if self.doc[first].ent_iob_ == "B" else start

    def _complete(self, start: int, end: int, extend: bool = True) -> Name:
        """A piece of a run → the whole name with its complements, typed."""
        end = self._base_end(start, end) if extend else end
        whole = self._extended(end) if extend else end
        start = self._without_demonym(start, end, whole)
        label, sure = self._label(start, end, whole)
        if label == "ORG" and start > 1 and self.doc[start - 1].text == "The" and not self.headline:
            article = self.doc[start - 1]
            start -= int(not article.is_sent_start and not self._opens_quote(article))
        whole += self._region_word(start, whole)
        start = self._with_particle(start)
        return Name(start, whole, label, sure)

    def _region_word(self, start: int, end: int) -> int:
        """ "Novosibirsk | region" → 1 where the gazetteer knows the two words as a region, else 0."""
        if end >= len(self.doc) or self.lower[end] not in self.words.place_nouns:
            return 0
        return int(place_kind(self.doc[start : end + 1].text) == "region")

    def _without_demonym(self, start: int, end: int, whole: int) -> int:
        """ "Chinese Huawei" → "Huawei"; "Chinese Academy of Sciences" stays."""
        kind = self._head_kind(start, end)
        while (
            end - start > 1
            and kind is None
            and is_demonym(self.doc[start].text)
            and self.doc[start + 1].text != "-"
        ):
            if place_kind(self.doc[start:whole].text) or self.doc[start + 1].ent_iob_ == "I":
                break
            start += 1
        return start

    # -- extent ----------------------------------------------------------------------------------------------

    def _extended(self, end: int) -> int:
        """Carry a name over "of" and "for": Institute | for Nuclear Research | of the Academy of Sciences."""
        head = self.lower[end - 1]
        takes = (
            head in self.words.complement_heads
            or head in self.words.place_of_heads
            or head in self.words.other_heads
        )
        if not takes:
            return end
        whole = end
        while (following := self._complement_end(whole, first=whole == end)) > whole:
            whole = following
        return whole

    def _base_end(self, start: int, end: int) -> int:
        """ "Laser | and Welding Laboratory": field words before "and" share the head after it."""
        if end + 1 >= len(self.doc) or self.lower[end] not in {"and", "&", ","} or not self.named[end + 1]:
            return end
        if not self._is_field(end - 1) or self._head_kind(start, end) == "LOC" or not self._is_field(end + 1):
            return end
        fields = self._field_end(end - 1)
        later = self._run_end(fields) if fields < len(self.doc) else fields
        head = self.lower[later - 1]
        shared = head in self.words.organisation_heads or head in self.words.other_heads
        return later if shared and later > end + 2 else end

    def _complement_end(self, end: int, first: bool) -> int:
        """End of the complement that starts with "of" or "for" at ``end``; ``end`` itself when there is
        none."""
        if end + 1 >= len(self.doc) or self.lower[end] not in {"of", "for", "on"}:
            return end
        if self.lower[end] == "on" and not self._is_field(end + 1):
            return end
        start = end + 1 + (self.lower[end + 1] == "the")
        if start >= len(self.doc):
            return end
        fields = self._field_end(start)
        if fields > start:
            run = self._run_end(fields) if fields < len(self.doc) and self._runs_on(fields) else fields
            run = run if run == fields + 1 or self._head_kind(start, run) else fields
            return self._and_field(run)
        if not self.named[start] or self._is_title(start, self._run_end(start)):
            return end
        run = self._cut_at_person(start, self._run_end(start))
        if first or self._may_own(start, run):
            return run
        return end

    def _and_field(self, end: int) -> int:
        """ "Soil Fertilizers | and Water-Saving Agriculture": one more part that ends in a field word."""
        if end + 1 >= len(self.doc) or self.lower[end] not in {"and", "&"} or not self.named[end + 1]:
            return end
        run = self._run_end(end + 1)
        more = self._is_field(run - 1) and not any(
            self.model[index] in {"PER", "LOC"} for index in range(end, run)
        )
        return run if more and self._head_kind(end + 1, run) is None else end

    def _runs_on(self, index: int) -> bool:
        return self.named[index] and self.model[index] != "PER" and self.lower[index] not in self.words.titles

    def _cut_at_person(self, start: int, end: int) -> int:
        """Stop a complement before a post or a person: "Embassy of China | Ambassador Li"."""
        for index in range(start + 1, end):
            if self.lower[index] in self.words.strong_titles:
                return index
            if self.model[index] == "PER" and self.model[start] != "PER" and self.doc[index].ent_iob_ == "B":
                return index
        return end

    def _may_own(self, start: int, end: int) -> bool:
        """Whether a second "of" may go on: to a place, or to a body such as an academy or ministry."""
        text = self.doc[start:end].text
        return (
            bool(place_kind(text))
            or self.model[start] == "LOC"
            or self._head_kind(start, end) in {"ORG", "LOC"}
        )

    # -- label -----------------------------------------------------------------------------------------------

    def _head_kind(self, start: int, end: int) -> str | None:
        """What the last word of a run says it is: ORG, LOC, ``other`` (event, document), or None."""
        if end <= start:
            return None
        last = end - 1
        while last > start and (self.doc[last].is_digit or self.lower[last] == "-"):
            last -= 1
        head = self.lower[last]
        if head in self.words.legal_forms and last > start and self.doc[last].text[0].isupper():
            return "ORG"
        if head == "park" and any(self.lower[index] in self.words.park_words for index in range(start, last)):
            return "ORG"
        if head == "bank" and end - start == 2 and self.model[last] == "LOC":
            return "LOC"
        if head in self.words.organisation_heads:
            return (
                "ORG" if head not in self.words.weak_heads or last > start or self._completed(end) else None
            )
        if head in self.words.place_heads and (last > start or self._completed(end)):
            return "LOC"
        return "other" if head in self.words.other_heads else None

    def _completed(self, end: int) -> bool:
        """Whether "of" or "for" and a capital follow a lone head: Ministry of Health."""
        if end + 1 >= len(self.doc) or self.lower[end] not in {"of", "for"}:
            return False
        start = end + 1 + (self.lower[end + 1] == "the")
        return (
            start < len(self.doc)
            and self.named[start]
            and self.lower[end - 1] in (self.words.complement_heads | self.words.place_of_heads)
        )

    def _label(self, start: int, end: int, whole: int) -> tuple[str | None, bool]:
        """The label of a whole name and whether the words alone make it sure."""
        text = self.doc[start:whole].text
        if whole - start == 1 and (introduced := self._introduces(start)):
            return introduced, True
        if (
            end - start == 1
            and whole == end
            and self.lower[start] in self.words.weak_heads | self.words.place_heads
        ):
            return None, True
        kind = place_kind(text)
        if kind == "city" and whole - start == 1 and self._rather_person(start):
            return (None if self.model[start] == "LOC" else self.model[start] or "PER"), True
        if kind:
            return ("ORG" if kind == "international" else "LOC"), True
        head = self._head_kind(start, end)
        if head is None and whole > end and self.lower[end - 1] in self.words.other_heads:
            head = "other"
        if head:
            return (None if head == "other" else head), True
        if self._is_nothing(start, whole):
            return None, True
        if self._is_person(start, whole):
            return "PER", True
        if self._after_noun(start, self.words.organisation_nouns):
            return "ORG", True
        if self._after_noun(start, self.words.place_nouns):
            return "LOC", True
        return self._guess(start, whole), False

    def _introduces(self, index: int) -> str | None:
        """The label of the name before the bracket in which an acronym stands alone: "… Institute (JINR)"."""
        token, last = self.doc[index], self.found[-1] if self.found else None
        alone = index + 1 < len(self.doc) and self.doc[index + 1].text in {")", ",", ";"}
        if last is None or last.end != index - 1 or self.doc[index - 1].text != "(" or not alone:
            return None
        return last.label if _ACRONYM.match(token.text) and last.label in {"ORG", "LOC"} else None

    def _rather_person(self, index: int) -> bool:
        """Whether a word that some town bears as well is no town here: Griffin said, Xinhua reports, Mr Bryan."""
        token, before = self.doc[index], self.lower[index - 1] if index else ""
        if before in self.words.place_nouns or before in {"from", "in", "at", "to"}:
            return False
        speaks = token.dep_ == "nsubj" and token.head.lemma_ in self.words.speech_verbs
        known = self.lower[index] in self.words.given_names or self._after_title(index)
        return known or (speaks and self.model[index] != "LOC")

    def _is_nothing(self, start: int, end: int) -> bool:
        """Whether the words are a nationality, a field, a lone weak head or a technical acronym."""
        tokens = self.doc[start:end]
        if all(is_demonym(token.text) or token.text in {"-", "–"} for token in tokens):
            return True
        if end - start == 1 and self._is_plain(tokens[0]):
            return True
        return all(self.words.is_field(token.text) or token.text == "-" for token in tokens) and not any(
            self.model[token.i] for token in tokens
        )

    def _is_plain(self, token: Token) -> bool:
        """A technical acronym, a currency before its sum, a lone post."""
        amount = token.is_upper and token.i + 1 < len(self.doc) and self.doc[token.i + 1].like_num
        lone = (
            token.text in self.words.plain_acronyms
            or token.lower_ in self.words.titles | self.words.plain_alone
        )
        return amount or lone

    def _after_title(self, start: int) -> bool:
        return start > 0 and self.lower[start - 1] in self.words.strong_titles

    def _after_noun(self, start: int, nouns: frozenset[str]) -> bool:
        """ "company Alstar", "the city of Hefei", "a firm called X"."""
        if start > 1 and self.lower[start - 1] == "of" and nouns is self.words.place_nouns:
            start -= 1
        return start > 0 and self.lower[start - 1] in nouns and self.doc[start - 1].text.islower()

    def _is_person(self, start: int, end: int) -> bool:
        """Title or post before the name, initials in it, or a surname in capitals."""
        tokens = [token for token in self.doc[start:end] if token.text != "-"]
        if len(tokens) > _LONGEST_PERSON or any(token.is_digit for token in tokens):
            return False
        if self._after_title(start) or self._after_noun(start, self.words.person_nouns):
            return (
                not _ACRONYM.match(tokens[0].text) or len(tokens) > 1 or bool(_CAPITALS.match(tokens[0].text))
            )
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

    def _guess(self, start: int, end: int) -> str | None:
        """The model's label for most of the name; without one, the shape of the name and the company it keeps."""
        votes = [label for label in self.model[start:end] if label]
        if (not votes or "PER" in votes) and self._employs(end):
            return "ORG"
        looks = self._looks_personal(start, end)
        if looks:
            return "PER"
        if votes:
            return max(sorted(set(votes)), key=votes.count)
        if self.headline:
            return None
        return self._by_company(start, end)

    def _employs(self, end: int) -> bool:
        """Whether a post and another capital follow: "Tesla | chief Elon Musk", "Dyson | 's director Ann Lee"."""
        after = end + int(end < len(self.doc) and self.doc[end].tag_ == "POS")
        while after + 1 < len(self.doc) and self.lower[after] in self.words.titles | self.words.person_nouns:
            if self.named[after + 1] and self.lower[after + 1] not in self.words.titles:
                return True
            after += 1
        return False

    def _looks_personal(self, start: int, end: int) -> bool:
        """A common given name first, or a Chinese family name before one or two Chinese syllables."""
        if not 1 < end - start <= _LONGEST_PERSON:
            return False
        first, last = self.doc[start].text, self.doc[end - 1].text
        if first.lower() in self.words.given_names and last.isalpha() and not self.words.is_field(last):
            return True
        return first.lower() in self.words.chinese_surnames and end - start == 2 and bool(_PINYIN.match(last))

    def _by_company(self, start: int, end: int) -> str | None:
        """A guess for a capitalised run that neither words nor model know."""
        token = self.doc[end - 1]
        after = self.lower[end] if end < len(self.doc) else ""
        the = start > 1 and end - start > 1 and self.doc[start - 1].text == "The"
        if after in self.words.organisation_nouns or the:
            return "ORG"
        if (
            token.dep_ in {"nsubj", "flat"}
            and token.head.lemma_ in self.words.speech_verbs
            and end - start < 4
            and not _ACRONYM.match(token.text)
        ):
            return "PER"
        if end - start == 1 and _ACRONYM.match(token.text):
            return self._acronym_label(token)
        acts = token.dep_ in {"nsubj", "nmod:poss", "conj"} and token.pos_ == "PROPN"
        return "ORG" if acts and end - start == 1 and not token.is_sent_start else None

    def _acronym_label(self, token: Token) -> str | None:
        """An unknown acronym is an ORG where it acts or stands in brackets, not where it qualifies a noun."""
        before = self.lower[token.i - 1] if token.i else ""
        if before in {"a", "an"}:
            return None
        bracketed = before == "(" and token.i > 1 and self.named[token.i - 2]
        acts = token.dep_ in {"nsubj", "nsubj:pass", "nmod:poss", "conj", "nmod", "obl", "obj"}
        return "ORG" if (bracketed or acts) and token.is_alpha else None

    # -- together with the model -----------------------------------------------------------------------------

    def _with_model(self, names: list[Name]) -> list[Name]:
        """Names read from the words first; where they say nothing, what is left of the model's entities."""
        kept = [self._split_by_model(name) for name in names]
        result = [name for group in kept for name in group]
        taken = {index for name in names for index in range(name.start, name.end)}
        for ent in self.doc.ents:
            start, end = self._trimmed(ent)
            if start < end and not taken.intersection(range(start, end)):
                result.append(Name(start, end, ent.label_))
        return sorted((name for name in result if name.label), key=lambda name: name.start)

    def _split_by_model(self, name: Name) -> list[Name]:
        """Keep an unsure run whole unless the model sees two different names in it."""
        if name.sure:
            return [name]
        inside = [ent for ent in self.doc.ents if name.start <= ent.start and ent.end <= name.end]
        if len(inside) < 2 or len({ent.label_ for ent in inside}) == 1:
            return [name]
        return [Name(ent.start, ent.end, ent.label_) for ent in inside]

    def _trimmed(self, ent: Span) -> tuple[int, int]:
        """An entity of the model without articles, titles, nationality words and lower-case edges."""
        start, end = ent.start, ent.end
        while start < end and (not self.named[start] or self.lower[start] in self.words.titles):
            start += 1
        while end > start and not self.named[end - 1] and self.doc[end - 1].text not in {"»", "”", '"'}:
            end -= 1
        if all(is_demonym(token.text) for token in self.doc[start:end]):
            return start, start
        return start, end


def _mostly(doc: Doc, flag: str) -> bool:
    """Whether nearly all longer words of a Doc have a flag such as ``is_upper``."""
    words = [token for token in doc if token.is_alpha and len(token) > 3]
    return len(words) > 1 and sum(bool(getattr(token, flag)) for token in words) >= 0.8 * len(words)
