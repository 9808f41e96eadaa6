"""Words of a text and of the term lists, brought to keys that can be compared.

A word is known by a set of keys: the normalised form of its surface and of its lemma. The same
normalisation is applied to the words of the term lists, so a term is found with or without lemmas.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.tokens import Token as DocToken

from coopex.matching.tree import Token, Tree

WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+|\S", re.UNICODE)
HYPHENS = frozenset("-\u00ad‐‑–")
APOSTROPHES = frozenset("'’ʼ`")
CYRILLIC = re.compile("[а-яё]")
FLEETING = re.compile("(?<=...)[ое]к$")  # порошок, порошка

# One ending is cut, the longest that fits.
ENDINGS = """
    иями ями ами еями иях ях ах еях ией ям ам иям еям ием ов ев ей ой ый ий ая яя ое ее ые ие ого его ому
    ему ыми ими ым им ом ем ую юю ою ею ых их ию ия ии ья ье ью ьи ьям ьями ьях ея еи еей
    ь а я о е ы и у ю й
"""
RUSSIAN_ENDINGS = frozenset(ENDINGS.split())
SHORTEST_STEM = 3
LONGEST_ENDING = max(map(len, RUSSIAN_ENDINGS))

SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"isation", "ization"),
        (r"ise(d|r|rs|s)?$", r"ize\1"),
        (r"ising$", "izing"),
        (r"ys(e|ed|er|ing)$", r"yz\1"),
        (r"fibre", "fiber"),
        (r"^(multi|poly)?cent(re|er)", r"\1center"),
        (r"metre", "meter"),
        (r"litre", "liter"),
        (r"programme$", "program"),
        (r"aluminium", "aluminum"),
        (r"sulph", "sulf"),
        (r"^aeroplane", "airplane"),
        (r"tyre", "tire"),
        (r"defence", "defense"),
        (r"plough", "plow"),
        (r"(vap|arm|col|lab|harb|behavi)our", r"\1or"),
        (r"elling$", "eling"),
        (r"paed", "ped"),
        (r"haem", "hem"),
        (r"aesth", "esth"),
        (r"gynaec", "gynec"),
        (r"mould", "mold"),
    )
)
BRITISH = re.compile("|".join(f"(?:{spelling.pattern})" for spelling, _ in SPELLINGS))


class Word(NamedTuple):
    """A word or a punctuation mark of a text, with offsets into `doc.text`.

    `keys` is empty for punctuation; `dangling` marks a word cut at a hyphen ("bio-" in "bio- and nano…").
    """

    start: int
    end: int
    text: str
    keys: frozenset[str] = frozenset()
    pos: str = ""
    dangling: bool = False

    @property
    def is_word(self) -> bool:
        """False for punctuation marks."""
        return bool(self.keys)


@lru_cache(maxsize=20_000)
def normalise(word: str) -> str:
    """"Fibres" -> "fiber", "беспилотными" -> "беспилотн": the key under which a word is compared."""
    lower = unicodedata.normalize("NFKC", word).lower().replace("ё", "е")
    return _russian_stem(lower) if CYRILLIC.search(lower) else _english_base(lower)


def _russian_stem(word: str) -> str:
    for length in range(min(LONGEST_ENDING, len(word) - SHORTEST_STEM), 0, -1):
        if word[-length:] in RUSSIAN_ENDINGS:
            return FLEETING.sub("к", word[:-length])
    return FLEETING.sub("к", word)


def _english_base(word: str) -> str:
    base = _singular(word)
    if not BRITISH.search(base):
        return base
    for spelling, american in SPELLINGS:
        base = spelling.sub(american, base)
    return base


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")):
        return word[:-1]
    return word


def spellings(word: str) -> tuple[str, ...]:
    """"генома" -> ("геном", "генома"): the stem, and the bare form of a word that may end as if inflected.

    «микросхем» looks like «всем», «геном» like «домом»; the bare form keeps them findable.
    """
    stem = normalise(word)
    bare = unicodedata.normalize("NFKC", word).lower().replace("ё", "е")
    return (stem, bare) if CYRILLIC.search(bare) and bare != stem else (stem,)


def exact_key(word: str) -> str:
    """"LNG" -> "=LNG", "medicines" -> "=medicines": the key of a word that counts in this form only."""
    return "=" + word


def is_capitals(word: str) -> bool:
    """True for abbreviations such as "AI", "UAV", "АЭС"; digits ("5G") make a word safe in any case."""
    return len(word) > 1 and word.isalpha() and word.isupper()


def read_words(doc: Doc | Tree) -> list[Word]:
    """"Fibre-optic cables" -> fiber, optic, cable: the words of a Doc, hyphens and possessives dropped."""
    text = doc.text
    tokens: dict[int, DocToken | Token] = {token.idx: token for token in doc}
    words: list[Word] = []
    for match in WORD.finditer(text):
        if match.group() in HYPHENS and words and words[-1].end == match.start():
            _join_hyphen(text, match.start(), words)
        elif not _is_possessive(text, match.start(), match.group()):
            words.append(_word(match, tokens))
    return words


def _join_hyphen(text: str, at: int, words: list[Word]) -> None:
    following = text[at + 1 : at + 2]
    last = words[-1]
    if not following.isalnum() and last.is_word:
        words[-1] = Word(last.start, last.end, last.text, last.keys, last.pos, dangling=True)


def _is_possessive(text: str, at: int, word: str) -> bool:
    if word in APOSTROPHES:
        return text[at + 1 : at + 2] in ("s", "S") and text[at - 1 : at].isalpha()
    return word in ("s", "S") and text[at - 1 : at] in APOSTROPHES and at > 0


def _word(match: re.Match[str], tokens: Mapping[int, DocToken | Token]) -> Word:
    start, end, text = match.start(), match.end(), match.group()
    if not text[0].isalnum():
        return Word(start, end, text)
    token = tokens.get(start)
    if token is None or len(token.text) != len(text):
        return Word(start, end, text, _keys(text, ""))
    return Word(start, end, text, _keys(text, token.lemma_), token.pos_)


def read_word(text: str) -> Word:
    """"Lasers" -> Word with the keys "laser" and "=lasers": a word by itself."""
    return Word(0, len(text), text, _keys(text, "") if text[0].isalnum() else frozenset())


@lru_cache(maxsize=20_000)
def _keys(text: str, lemma: str) -> frozenset[str]:
    keys = {*spellings(text), exact_key(text if is_capitals(text) else text.lower())}
    if lemma and not is_capitals(text):
        keys.add(normalise(lemma))
    if text.endswith("s") and is_capitals(text[:-1]):
        keys.add(exact_key(text[:-1]))
    return frozenset(keys)
