"""The names of a Russian text, whole: what the recogniser found, repaired and completed.

Order of work: cut the recogniser's spans where quotation marks, wide gaps or cases break; persons;
organisations over the whole phrase; places without the generic noun before them; names said again; then the
longest name wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coopex.annotate.gazette import place_kind
from coopex.annotate.organisations_ru import Quote, find_organisations, find_quotes, listed
from coopex.annotate.persons_ru import find_persons, is_common_word, is_only_place, surname_stem
from coopex.annotate.words import Name, Word, keep_longest

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_PLACE_PREPOSITIONS = ("в", "во", "из", "под", "близ", "до")
_EDGES = frozenset('«»“”„",.-–—:;(|/')
_PAIRS = {"»": "«", "”": "“", ")": "("}


def complete_names(words: Sequence[Word], recognised: Sequence[Name]) -> list[Name]:
    """Names over `words`, in order and without overlaps, from the spans of the recogniser."""
    quotes = find_quotes(words)
    names = [_relabelled(words, name) for name in _repaired(words, recognised)]
    persons = find_persons(words, names)
    known = keep_longest([*persons, *(name for name in names if name.label != "PER")], ("PER", "ORG", "LOC"))
    known = [*known, *_missed_places(words, known)]
    organisations = list(_joined(words, find_organisations(words, known, quotes), known))
    rest = [name for name in known if not _is_thing(words, name, quotes)]
    found = keep_longest([*organisations, *rest, *_left_over(words, organisations, known)])
    return keep_longest([*found, *_repeated(words, found)])


# --- the recogniser's spans, repaired ---------------------------------------------------------------------


def _repaired(words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    pieces = [piece for name in names for piece in _pieces(words, name)]
    for name in _cut_strays(words, pieces):
        yield from _clean(words, name)


def _pieces(words: Sequence[Word], name: Name) -> Iterator[Name]:
    """The span up to a lone quotation mark, an acronym in brackets at its end apart; nothing for a menu."""
    if _is_menu(words, name):
        return
    start = name.start
    for index in range(name.start + 1, name.end):
        if _is_lone_mark(words, name, index):
            yield Name(start, index, name.label)
            return
        if words[index].text == "(" and name.label == "ORG" and words[name.end - 1].text == ")":
            yield Name(start, index, name.label)
            start = index + 1
        if words[index - 1].text == ")" and name.label != "PER":
            yield Name(start, index, name.label)
            yield Name(index, name.end, "PER" if _are_capitals(words[index : name.end]) else name.label)
            return
    yield Name(start, name.end, name.label)


def _are_capitals(words: Sequence[Word]) -> bool:
    return len(words) > 1 and all(word.is_capital and word.text.isalpha() for word in words)


def _is_menu(words: Sequence[Word], name: Name) -> bool:
    """«Главная   Новости   Контакты»: bars or runs of blanks between the words."""
    pairs = [(words[index - 1], words[index]) for index in range(name.start + 1, name.end)]
    gaps = [after.start - before.end for before, after in pairs]
    bars = any(after.text in ("|", "/") and before.text != "/" for before, after in pairs)
    return max(gaps, default=0) > 2 or sum(gap > 1 for gap in gaps) > 1 or bars


def _is_lone_mark(words: Sequence[Word], name: Name, index: int) -> bool:
    """«БРИКС | «Облачные города»: an opening mark whose closing one is outside the span."""
    texts = [word.text for word in words[index : name.end]]
    return texts[0] == "«" and "»" not in texts and words[min(name.end, len(words) - 1)].text == "»"


def _cut_strays(words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """«Турецкой Республики Реджепом | Тайипом Эрдоганом» → the stray word is left for the person after it."""
    ordered = sorted(names)
    for index, name in enumerate(ordered):
        following = ordered[index + 1] if index + 1 < len(ordered) else None
        stray = following is not None and _last_is_stray(words, name, following)
        yield Name(name.start, name.end - 1, name.label) if stray else name


def _last_is_stray(words: Sequence[Word], name: Name, following: Name) -> bool:
    if name.label == "PER" or following.label != "PER" or name.end != following.start:
        return False
    if name.end - name.start < 2:
        return False
    before, last, after = words[name.end - 2], words[name.end - 1], words[following.start]
    return last.is_capital and before.case != last.case and last.case == after.case


def _clean(words: Sequence[Word], name: Name) -> Iterator[Name]:
    """The span without marks and function words at its ends; nothing when no name is left."""
    start, end = _trim(words, name)
    inner = words[start:end]
    if not any(word.text[0].isupper() or word.text[0].isdigit() for word in inner):
        return
    if not any(word.text[0].isalpha() for word in inner) or (
        len(inner) == 1 and _is_no_name(inner[0], name.label)
    ):
        return
    yield Name(start, end, name.label)


def _trim(words: Sequence[Word], name: Name) -> tuple[int, int]:
    start, end = name.start, name.end
    while start < end and (
        words[start].text in _EDGES or words[start].pos in ("ADP", "CCONJ", "SCONJ", "PART", "PRON")
    ):
        start += 1
    while end > start and _is_loose_end(words, start, end):
        end -= 1
    if name.label == "LOC":
        while end - start > 1 and listed(words[start], "place_nouns") and not words[start].is_capital:
            start += 1
    return start, end


def _is_loose_end(words: Sequence[Word], start: int, end: int) -> bool:
    """A closing mark without its opening one, or punctuation other than the full stop of an initial."""
    last = words[end - 1].text
    texts = [word.text for word in words[start:end]]
    if last in _PAIRS:
        return texts.count(last) > texts.count(_PAIRS[last])
    if last == ".":
        return end - start > 1 and len(words[end - 2].text) > 1 and not words[end - 2].is_latin
    return last in _EDGES and not (last == '"' and texts.count('"') % 2 == 0)


def _is_no_name(word: Word, label: str) -> bool:
    """«Главная», «Идею», bare «Университет», «ОЭЗ»: common words that open a sentence, nouns and acronyms
    of kinds."""
    if label == "PER":
        return word.opens and is_common_word(word)
    if listed(word, "legal_forms", "generic_acronyms") or _is_code(word.text):
        return True
    if listed(word, "state_heads", "plain_heads", "place_nouns") and not word.is_acronym:
        return True
    return is_common_word(word) and (word.opens or not word.is_capital) and not word.text.isupper()


def _is_code(text: str) -> bool:
    """«CR929», «C929», «16+» → `True`: letters run into digits name a product."""
    letters = text.rstrip("0123456789+")
    return letters != text and len(letters) <= 3


def _relabelled(words: Sequence[Word], name: Name) -> Name:
    """The span with the label that its words call for: «Селенгинский аймак» is a place, «СПбПУ» is not."""
    inner = words[name.start : name.end]
    last = inner[-1]
    text = " ".join(word.text for word in inner)
    if name.label == "LOC" and len(inner) == 1 and last.is_acronym and not last.text.isupper():
        return Name(name.start, name.end, "ORG")
    if name.label != "LOC" and len(inner) > 1 and inner[0].is_adjective and listed(last, "place_heads"):
        return Name(name.start, name.end, "LOC")
    if name.label != "LOC" and not last.is_latin and place_kind(text) in ("country", "international"):
        return Name(name.start, name.end, "LOC")
    if name.label == "PER" and len(inner) == 1 and place_kind(text):
        place = _follows_place_preposition(words, name.start) or is_only_place(last)
        return Name(name.start, name.end, "LOC" if place else "PER")
    return name


def _follows_place_preposition(words: Sequence[Word], index: int) -> bool:
    """«в», «из» before a capital: «во Владимир приехали»."""
    before = words[index - 1].text.lower() if index and not words[index].opens else ""
    return before in _PLACE_PREPOSITIONS or (index > 0 and listed(words[index - 1], "place_nouns"))


# --- what the recogniser missed ---------------------------------------------------------------------------


def _missed_places(words: Sequence[Word], known: Sequence[Name]) -> Iterator[Name]:
    """Capitalised words outside all names that the gazetteer knows: «Цзянсу», «Саудовской Аравии»."""
    taken = {index for name in known for index in range(name.start, name.end)}
    index = 0
    while index < len(words):
        end = next(
            (end for end in (index + 2, index + 1) if _is_missed_place(words, index, end, taken)), index
        )
        if end > index:
            yield Name(index, end, "LOC")
        index = max(end, index + 1)


def _is_missed_place(words: Sequence[Word], start: int, end: int, taken: set[int]) -> bool:
    if end > len(words) or any(index in taken for index in range(start, end)):
        return False
    inner = words[start:end]
    if not all(word.is_capital and not word.is_latin and word.text[0].isalpha() for word in inner):
        return False
    if inner[0].sentence != inner[-1].sentence or (len(inner) == 1 and not _may_be_place(words, start)):
        return False
    kind = place_kind(" ".join(word.text for word in inner))
    return kind is not None and (len(inner) == 1 or inner[0].is_adjective)


def _may_be_place(words: Sequence[Word], index: int) -> bool:
    """A lone word: a proper noun, and no common word that only opens a sentence."""
    word = words[index]
    if word.is_adjective or not word.is_noun or (word.opens and is_common_word(word)):
        return False
    return word.pos == "PROPN" or _follows_place_preposition(words, index)


def _repeated(words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """One-word organisations said again where the recogniser saw nothing: «JITRI», «Политех»."""
    texts = {
        words[name.start].text: name.label
        for name in names
        if name.label == "ORG" and name.end - name.start == 1
    }
    taken = {index for name in names for index in range(name.start, name.end)}
    for index, word in enumerate(words):
        if index not in taken and (texts.get(word.text) or (_is_body_word(word) and not word.opens)):
            yield Name(index, index + 1, "ORG")


def _is_body_word(word: Word) -> bool:
    """«Политех», «Россотрудничество»: a capitalised compound that ends as bodies' names do."""
    if not word.is_capital or not word.is_noun:
        return False
    ends = ("тех", "атом", "космос", "энерго", "гидро", "сотрудничество", "нефть", "нано")
    return len(word.lemma) > 5 and word.lemma.endswith(ends)


# --- putting together -------------------------------------------------------------------------------------


def _joined(words: Sequence[Word], organisations: Sequence[Name], known: Sequence[Name]) -> Iterator[Name]:
    """Organisations, each widened to the recogniser's where that one reaches further and no person is taken
    in."""
    for name in organisations:
        start, end = name.start, name.end
        for other in known:
            if other.label == "ORG" and other.meets(name) and not _is_closed(words, name):
                start, end = min(start, other.start), max(end, other.end)
        yield Name(start, end, "ORG")


def _is_closed(words: Sequence[Word], name: Name) -> bool:
    """Whether the name ends with a quotation, or with the person it is called after."""
    inner = [word.text.lower() for word in words[name.start : name.end]]
    return inner[-1] in ("»", '"', "”") or "имени" in inner or "им" in inner


def _left_over(words: Sequence[Word], organisations: Sequence[Name], known: Sequence[Name]) -> Iterator[Name]:
    """«… университета имени Ким Ир Сена | Ким Сын Чхан»: the person that the recogniser took into the
    body's name."""
    for name in organisations:
        for other in known:
            beyond = words[name.end : other.end] if other.label != "LOC" and other.meets(name) else []
            if _are_capitals(beyond):
                yield Name(name.end, other.end, "PER")


def _is_thing(words: Sequence[Word], name: Name, quotes: Sequence[Quote]) -> bool:
    """«суперкомпьютер «Говорун»», «газете The Washington Post»: the name of a thing after a noun that says
    so."""
    if name.label == "LOC":
        return False
    quote = next((quote for quote in quotes if quote.start < name.start and name.end < quote.end), None)
    before = (quote.start if quote else name.start) - 1
    if before < 0 or words[before].sentence != words[name.start].sentence:
        return False
    named = quote is not None or (name.label == "ORG" and words[name.start].is_latin)
    return named and listed(words[before], "thing_nouns")


# --- across the blocks of a text --------------------------------------------------------------------------


def share_names(docs: Sequence[Doc]) -> None:
    """Carry names through the annotated blocks of one text; sets `doc.ents` in place.

    Surnames of people told in full («Ренат Мистахов» → «Мистахов») and one-word names of bodies («(JITRI)»
    → «JITRI») are found in the blocks where the recogniser saw nothing.
    """
    names = [ent for doc in docs for ent in doc.ents]
    persons = {surname_stem(ent[-1].text) for ent in names if ent.label_ == "PER" and len(ent) > 1}
    bodies = {ent.text for ent in names if ent.label_ == "ORG" and len(ent) == 1}
    for doc in docs:
        found = list(_shared(doc, persons - {""}, bodies))
        if found:
            doc.set_ents([*doc.ents, *found], default="outside")


def _shared(doc: Doc, persons: set[str], bodies: set[str]) -> Iterator[Span]:
    from spacy.tokens import Span

    for token in doc:
        if token.ent_type_ or not token.text[0].isupper() or token.pos_ not in ("NOUN", "PROPN"):
            continue
        if token.text in bodies:
            yield Span(doc, token.i, token.i + 1, label="ORG")
        elif surname_stem(token.text) in persons:
            yield Span(doc, token.i, token.i + 1, label="PER")
