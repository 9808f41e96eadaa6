"""Whole English names above the entity model: runs of capitalised words, read by their heads, titles and
links.

The model finds that something is a name; the words tell where it ends and what it is. "Institute for High
Pressure Physics of the Russian Academy of Sciences (HPPI)" is one ORG and an acronym, "Minister of
Agriculture Askar Myrzakhmetov" is one PER without the post, "Technoprom Forum" is no party to anything and
stays unlabelled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING

from coopex.annotate.name_labels import LONGEST_PERSON
from coopex.annotate.name_reader import NameReader
from coopex.annotate.name_tokens import ACRONYM, Name, in_capitals
from coopex.annotate.name_words import is_demonym, name_words, place_kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_TRUST = {"ORG": 1.5, "PER": 1.0, "LOC": 0.7}


def complete_names(doc: Doc) -> Doc:
    """Set ``doc.ents`` to whole, typed names.

    Ents [Institute] in "the Institute for Nuclear Research (INR) in Dubna" → [Institute for Nuclear
    Research ORG], [INR ORG], [Dubna LOC]. Needs ``pos_`` and the model's ents on the tokens; works in place
    and gives the Doc back.
    """
    names = NameReader(doc).read()
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
    texts = [[token.text for token in doc] for doc in docs]
    loud = list(map(in_capitals, texts))
    for doc in compress(docs, map(not_, loud)):
        known.update(_introduced(doc))
        companies.update(_called_companies(doc))
        full.update({tuple(token.lower_ for token in ent): ent.label_ for ent in doc.ents})
    known |= companies
    usual = _most_frequent(docs) | known
    full.update({(word.lower(),): label for word, label in known.items()})
    for doc, words, is_loud in zip(docs, texts, loud, strict=True):
        if is_loud:
            _find_known(doc, full)
        else:
            _relabel(doc, words, known, usual)


def _introduced(doc: Doc) -> Iterator[tuple[str, str]]:
    """Short forms that a text introduces, with their labels."""
    for ent in doc.ents:
        if ent.label_ == "PER" and 1 < len(ent) <= LONGEST_PERSON:
            for token in (ent[0], ent[-1]):
                if len(token) > 2 and token.is_alpha and not _ordinary(token) and not _known(token):
                    yield token.text, "PER"
                    yield token.text.title(), "PER"
        elif ent.label_ == "ORG" and len(ent) == 1 and _in_brackets(doc, ent) and ACRONYM.match(ent.text):
            yield ent.text, "ORG"
        elif ent.label_ == "ORG" and len(ent) > 1 and _stands_alone(ent):
            yield ent[0].text, "ORG"


def _stands_alone(ent: Span) -> bool:
    """Whether the first word of an organisation may be used for it: Finlay | Institute of Vaccines."""
    return ent[1].text != "-" and not _ordinary(ent[0]) and name_words().is_distinctive(ent[0].text)


def _most_frequent(docs: Sequence[Doc]) -> dict[str, str]:
    """The commonest label of every one-word name of a text that is no place in the gazetteer."""
    counts: dict[str, Counter[str]] = {}
    for doc in docs:
        for ent in doc.ents:
            if len(ent) == 1 and len(ent.text) > 2 and not _ordinary(ent[0]) and not ent[0].is_sent_start:
                counts.setdefault(ent.text, Counter())[ent.label_] += 1
    return {text: max(labels, key=lambda label: labels[label] * _TRUST[label]) for text, labels in counts.items()}


def _called_companies(doc: Doc) -> Iterator[tuple[str, str]]:
    """Single words that the text calls a company: "technology company Dyson"."""
    nouns = name_words().organisation_nouns
    for ent in doc.ents:
        if ent.label_ != "ORG" or len(ent) > 1:
            continue
        before = doc[ent.start - 1].lower_ if ent.start else ""
        after = doc[ent.end].lower_ if ent.end < len(doc) else ""
        if before in nouns or after in name_words().person_nouns:
            yield ent.text, "ORG"


def _known(token: Token) -> bool:
    return token.text in name_words().well_known


def _ordinary(token: Token) -> bool:
    return bool(place_kind(token.text)) or is_demonym(token.text)


def _in_brackets(doc: Doc, ent: Span) -> bool:
    return ent.start > 0 and ent.end < len(doc) and doc[ent.start - 1].text == "(" and doc[ent.end].text == ")"


def _relabel(doc: Doc, words: Sequence[str], known: dict[str, str], usual: dict[str, str]) -> None:
    """Give lone tokens that repeat an introduced name its label."""
    from spacy.tokens import Span

    taken = {index for ent in doc.ents if len(ent) > 1 for index in range(ent.start, ent.end)}
    found = [
        Span(doc, index, index + 1, usual[word])
        for index, word in enumerate(words)
        if word in usual
        and index not in taken
        and (word in known or doc[index].pos_ == "PROPN" or doc[index].ent_type_ or ACRONYM.match(word))
        and not _goes_on(doc, index)
    ]
    if found:
        starts = {span.start for span in found}
        doc.set_ents([*found, *(ent for ent in doc.ents if ent.start not in starts or len(ent) > 1)])


def _goes_on(doc: Doc, index: int) -> bool:
    """Whether the next token goes on with a name, so that this one is only its first word."""
    following = doc[index + 1] if index + 1 < len(doc) else None
    return (
        following is not None and following.pos_ == "PROPN" and not following.ent_type_ and following.text[0].isupper()
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
    kept = [ent for ent in doc.ents if len(ent) > 1 and any(map(name_words().is_head, lower[ent.start : ent.end]))]
    sure = {token.i for ent in kept for token in ent}
    found = [span for span in found if not sure.intersection(range(span.start, span.end))]
    taken = sure | {token.i for span in found for token in span}
    kept += [ent for ent in doc.ents if not taken.intersection(range(ent.start, ent.end)) and _worth(ent)]
    doc.set_ents([*found, *kept])


def _worth(ent: Span) -> bool:
    """Whether a name in a block of capitals may stand although nothing else in the text has it."""
    fields = ent.label_ == "PER" and any(name_words().is_field(token.text) for token in ent)
    return bool(place_kind(ent.text)) or (len(ent) > 1 and not fields)


def _spans(doc: Doc, names: Iterable[Name]) -> list[Span]:
    from spacy.tokens import Span

    return [Span(doc, name.start, name.end, name.label) for name in names if name.label]
