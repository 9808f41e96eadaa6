"""Rules that lead from a form in a text to the form in the tables.

``"Южной Корее"`` → candidates among them ``"южная корея"``. The rules overgenerate on purpose: a candidate
counts only when the tables hold it, so no inflected form needs storing and no analyser loading.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator

# Case ending of a noun → endings of the dictionary form (singular or plural nominative).
NOUN_ENDINGS: dict[str, tuple[str, ...]] = {
    "а": ("",), "я": ("ь", "й", "е"), "у": ("", "а"), "ю": ("ь", "й", "я", "е"),
    "е": ("", "а", "я", "ь", "й"), "ы": ("а", ""), "и": ("а", "я", "ь", "й", ""),
    "ом": ("",), "ем": ("й", "ь", "е", ""), "ой": ("а",), "ою": ("а",), "ей": ("я", "а", "ь", "и"),
    "ью": ("ь",), "ым": ("",), "ов": ("ы", "и", "", "а"), "ев": ("и", "ы", "", "й"),
    "ам": ("ы", "и", "а", "", "е"), "ям": ("и", "я", "й", "ь"), "ами": ("ы", "и", "а", "", "е"),
    "ями": ("и", "я", "й", "ь"), "ах": ("ы", "и", "а", "", "е"), "ях": ("и", "я", "й", "ь"),
    "": ("ы", "и", "а", "е"),
}  # fmt: skip
# Words in -о decline only in these stems (Кольцово, Королевство); Токио and Совето do not.
STEM_IN_O = re.compile(r".*(?:[оеё]в|[иы]н|ск|ств)")

ADJECTIVE_ENDINGS = (
    "ого", "его", "ому", "ему", "ыми", "ими", "ый", "ий", "ой", "ая", "яя", "ую", "юю", "ое", "ее", "ей",
    "ые", "ие", "ых", "их", "ым", "им", "ом", "ем",
)  # fmt: skip
ADJECTIVE_NOMINATIVES = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")

FLEETING_STEM = re.compile(r"^(.*[бвгджзйклмнпрстфхцчшщь])([кцлнртмс])$")
FLEETING_PLURAL = re.compile(r"^(.*)[еоё]([кцнлр])$")

PLAIN = str.maketrans("’‘ʻʼıłŁøđĐ", "''''ilLodD")
DASHES = re.compile(r"\s*[–—‑−]\s*|\s+-\s+")
SPACES = re.compile(r"\s+")


def russian_key(text: str) -> str:
    """``"Папуа — Новая Гвинея"`` → ``"папуа-новая гвинея"``; ``"Орёл"`` → ``"орел"``."""
    return SPACES.sub(" ", DASHES.sub("-", text.strip())).lower().replace("ё", "е").replace("’", "'")


def english_key(text: str) -> str:
    """``"Xi’an"`` → ``"xian"``; ``"St. Petersburg's"`` → ``"saint petersburg"``; ``"Malmö"`` → ``malmo``."""
    if not text.isascii():
        text = plain_latin(text)
    text = text.lower()
    if text.isalpha():
        return text
    text = text.removesuffix("'s").replace("'", "").replace(".", " ").replace(",", " ")
    text = SPACES.sub(" ", text).strip().removeprefix("the ")
    return "saint " + text[3:] if text.startswith("st ") else text


def plain_latin(text: str) -> str:
    """Without accents, with plain apostrophes and hyphens: ``"Malmö"`` → ``"Malmo"``."""
    text = DASHES.sub("-", text).translate(PLAIN)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def noun_bases(word: str) -> Iterator[str]:
    """Dictionary forms a Russian noun form may belong to: ``"китайцев"`` → …, ``"китайцы"``, …."""
    yield word
    for size in (3, 2, 1, 0):
        ending = word[len(word) - size :]
        stem = word[: len(word) - size]
        if len(stem) < 2 or ending not in NOUN_ENDINGS:
            continue
        yield from (stem + base for base in NOUN_ENDINGS[ending])
        if "" in NOUN_ENDINGS[ending]:
            yield from with_fleeting_vowel(stem)
        if ending in ("а", "у", "е", "ом", "ым") and STEM_IN_O.fullmatch(stem):
            yield stem + "о"
    if match := FLEETING_PLURAL.match(word):
        yield from (match[1] + match[2] + ending for ending in ("и", "ы", "а"))
        yield from (match[1] + "ь" + match[2] + ending for ending in ("и", "ы"))


def with_fleeting_vowel(stem: str) -> Iterator[str]:
    """``"египт"`` → ``"египет"``; ``"китайц"`` → ``"китаец"``; ``"торжк"`` → ``"торжок"``."""
    if match := FLEETING_STEM.match(stem):
        head, last = match[1], match[2]
        yield from (head + vowel + last for vowel in "ео")
        if head[-1] in "йь":
            yield head[:-1] + "е" + last


def adjective_bases(word: str) -> Iterator[str]:
    """Nominative forms of a Russian adjective form: ``"китайских"`` → …, ``"китайский"``, …."""
    for ending in ADJECTIVE_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: len(word) - len(ending)]
            yield from (stem + nominative for nominative in ADJECTIVE_NOMINATIVES)


def word_bases(word: str) -> Iterator[str]:
    """Noun and adjective candidates of one word, the word itself first."""
    yield from noun_bases(word)
    yield from adjective_bases(word)


def phrase_bases(phrase: str, parts_known: Container[str]) -> Iterator[str]:
    """Candidates of a name of several words: ``"ростове-на-дону"`` → …, ``"ростов-на-дону"``.

    ``parts_known`` holds the words that names of several words are made of; others end the search.
    """
    pieces = re.split(r"([ -])", phrase)
    choices = [known_bases(piece, parts_known) if i % 2 == 0 else [piece] for i, piece in enumerate(pieces)]
    yield from ("".join(choice) for choice in itertools.product(*choices))


def known_bases(word: str, known: Container[str]) -> list[str]:
    """The candidates of a word that are known, once each; any neuter declines here («Красного Села»)."""
    neuter = (word.removesuffix(ending) + "о" for ending in ("а", "у", "е", "ом") if word.endswith(ending))
    return list(dict.fromkeys(base for base in (*word_bases(word), *neuter) if base in known))


def adjective_stems(word: str) -> Iterator[str]:
    """``"новосибирских"`` → ``"новосибирск"``: the adjective without its case ending, -ск and -цк only."""
    for ending in ADJECTIVE_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and stem.endswith(("ск", "цк")) and len(stem) >= 4:
            yield stem
            return


def place_bases(stem: str) -> Iterator[str]:
    """Places a Russian adjective may come from: ``"самарск"`` → …, ``"самара"``, …."""
    root = stem[:-2]
    for ending in ("", "а", "ь", "я", "о", "ы", "и", "е", "у"):
        yield root + ending
    if root.endswith("ь"):
        yield from (root[:-1] + ending for ending in ("", "а", "я", "о", "ы"))
    for suffix in ("ин", "ен", "ов", "ий"):
        if root.endswith(suffix) and len(root) > len(suffix) + 1:
            stem = root.removesuffix(suffix)
            yield from (stem + ending for ending in ("а", "о", "и", "ы", "у", "я", "ия", ""))


def english_singulars(word: str) -> Iterable[str]:
    """``"israelis"`` → ``"israelis"``, ``"israeli"``; ``"frenchmen"`` → ``"frenchman"``."""
    yield word
    if word.endswith("men"):
        yield word[:-3] + "man"
    elif word.endswith("s"):
        yield word[:-1]
