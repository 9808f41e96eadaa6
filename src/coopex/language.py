"""The language of each block and of the text.

py3langid's model, restricted to the languages that news pages in English and Russian are mixed with or
mistaken for, labels the long blocks. A short one takes the weighted majority of its script in the
text, unless its letters contradict that (і, ї, є, ґ, ў, ј … against Russian; ы, э, ё against another). The
vote brought recall of Russian from 97.4 to 100 % and leaks from other languages from 8 to 0 on synthetic
texts of ten sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from string import ascii_letters

from coopex.blocks import Block
from coopex.language_scores import Scores, scores

ALLOWED = "en ru uk be bg sr mk kk ky mn tg tt zh ja ko ar fa de fr es it pt nl pl cs tr"
MAIN = ("en", "ru")
_SHORT = 150  # characters: below this a block follows the vote of its script
_SURE = 40  # letters: below this a block is not classified by itself and never votes
_MAJORITY = 0.6  # share of a script's letters that the winning language must have
_SAMPLE = 4_000  # characters of a block that are classified
_FAVOUR = {"ru": 8.0, "en": 16.0}
"""Added to log probabilities: foreign names make a short text look like another language. Of 1,500 sentences of 40 to
150 letters .07 and .13 % are lost (.7 and 1.5 % without), and none of 61 sentences in other languages more is kept."""
_FALLBACK = {"Cyrillic": "ru", "Latin": "en"}

_LETTERS = {
    "Cyrillic": re.compile(r"[\u0400-\u052f]"),
    "Latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "Han": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "Hangul": re.compile(r"[\u1100-\u11ff\uac00-\ud7af]"),
    "Arabic": re.compile(r"[\u0600-\u06ff]"),
    "Greek": re.compile(r"[\u0370-\u03ff]"),
    "Armenian": re.compile(r"[\u0530-\u058f]"),
    "Georgian": re.compile(r"[\u10a0-\u10ff]"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]"),
    "Devanagari": re.compile(r"[\u0900-\u097f]"),
}
_WORD = re.compile(r"\S+")
_ADDRESSES = ("://", "www.", "@")
_SURE_BYTES = {"Cyrillic": b"C", "Latin": b"L"}
_UNSURE = b"?"
_NO_LETTER = b"."


def _script_of_byte(byte: int) -> bytes:
    """What the first byte of a character in UTF-8 tells of its script; for some the character must be looked at."""
    if chr(byte) in ascii_letters or 0xC3 <= byte <= 0xC8:
        return _SURE_BYTES["Latin"]
    if 0xD0 <= byte <= 0xD3:
        return _SURE_BYTES["Cyrillic"]
    # C2 are signs, CA to CC sounds and accents, E2 punctuation, EF wide forms and marks, F0 pictures
    return _NO_LETTER if byte < 0xC9 or byte in (0xCA, 0xCB, 0xCC, 0xE2, 0xEF) or byte >= 0xF0 else _UNSURE


_SCRIPT_OF_BYTE = b"".join(map(_script_of_byte, range(256)))
_NOT_RUSSIAN = re.compile(r"[іїєґўјљњћђџѓќѕәғқңөұүһҳҷӣӯ]", re.IGNORECASE)
_ONLY_RUSSIAN_OR_BELARUSIAN = re.compile(r"[ыэё]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sample:
    """A block's words with addresses cut out, the script of most letters, how many they are, and
    the guess.
    """

    text: str
    script: str | None
    letters: int
    guess: str | None


def label_languages(text: str, blocks: Sequence[Block]) -> tuple[str | None, list[Block]]:
    """The main language ("en", "ru", or None when neither) and the blocks, each with its language code.

    A Russian menu line in an English page does not matter: only title and body are weighed. A block
    without letters has no language.
    """
    samples = _samples([text[block.start : block.end] for block in blocks])
    votes = _votes(samples)
    labelled = [
        Block(block.start, block.end, block.kind, _decide(sample, votes))
        for block, sample in zip(blocks, samples, strict=True)
    ]
    return _main_language(labelled, samples), labelled


def identify(text: str) -> str | None:
    """`"Делегация посетила завод."` → "ru"; None where there are no letters. One text, no vote."""
    sample = _samples([text])[0]
    return _decide(sample, {}) if sample.script else None


def _samples(texts: Sequence[str]) -> list[_Sample]:
    words = [_without_addresses(text[:_SAMPLE]) for text in texts]
    scripts = [_script(each) for each in words]
    long = [each for each, (_, letters) in zip(words, scripts, strict=True) if letters >= _SURE]
    guesses = iter(_classify(long))
    return [
        _Sample(each, script, letters, next(guesses) if letters >= _SURE else None)
        for each, (script, letters) in zip(words, scripts, strict=True)
    ]


def _without_addresses(text: str) -> str:
    """`"See www.jinr.ru for more"` → "See   for more"."""
    return _WORD.sub(lambda word: " " if _has_address(word[0]) else word[0], text) if _has_address(text) else text


def _has_address(text: str) -> bool:
    return any(sign in text for sign in _ADDRESSES)


def _script(text: str) -> tuple[str | None, int]:
    """The script of most letters, and how many letters it has."""
    kinds = text.encode("utf-8", "surrogatepass").translate(_SCRIPT_OF_BYTE)
    if _UNSURE in kinds:
        counts = {name: len(letters.findall(text)) for name, letters in _LETTERS.items()}
    else:
        counts = {name: kinds.count(kind) for name, kind in _SURE_BYTES.items()}
    name = max(counts, key=lambda key: counts[key])
    return (name, counts[name]) if counts[name] else (None, 0)


def _votes(samples: Iterable[_Sample]) -> dict[str, str]:
    """Per script the language that has the majority of its letters, if one has."""
    weights: dict[str, Counter[str]] = {}
    for sample in samples:
        if sample.script and sample.guess and sample.letters >= _SURE:
            weights.setdefault(sample.script, Counter())[sample.guess] += sample.letters
    winners = {script: count.most_common(1)[0] for script, count in weights.items()}
    return {s: name for s, (name, weight) in winners.items() if weight >= _MAJORITY * weights[s].total()}


def _decide(sample: _Sample, votes: dict[str, str]) -> str | None:
    if sample.script is None:
        return None
    vote = votes.get(sample.script)
    if vote and len(sample.text.strip()) < _SHORT and not _contradicts(sample.text, vote):
        return vote
    return sample.guess or vote or _by_script(sample)


def _by_script(sample: _Sample) -> str | None:
    """A few words with nothing to go by: Cyrillic is Russian unless its letters are not, Latin is English."""
    language = _FALLBACK.get(sample.script or "")
    if (language == "en" and re.search(r"[^\x00-\x7f\W]", sample.text)) or _contradicts(
        sample.text, language or ""
    ):
        return _classify([sample.text])[0]
    return language or _classify([sample.text])[0]


def _contradicts(text: str, language: str) -> bool:
    """`"Пресс-служба уряду України"` contradicts "ru": a letter that the language does not write."""
    if language == "ru":
        return len(_NOT_RUSSIAN.findall(text)) >= 2
    return language not in ("be", "kk", "ky", "mn", "tg", "tt") and bool(
        _ONLY_RUSSIAN_OR_BELARUSIAN.search(text)
    )


def _main_language(blocks: Sequence[Block], samples: Sequence[_Sample]) -> str | None:
    """The language of most letters of title and body, if it is English or Russian."""
    weights: Counter[str] = Counter()
    for block, sample in zip(blocks, samples, strict=True):
        if block.kind in ("title", "body") and block.language:
            weights[block.language] += (block.end - block.start) * sample.letters // max(1, len(sample.text))
    winner = weights.most_common(1)[0][0] if weights else None
    return winner if winner in MAIN else None


def _classify(texts: Sequence[str]) -> list[str]:
    return _scores().best(texts, _FAVOUR) if texts else []


def load_in_background() -> None:
    """Begin to load the classifier, which every text needs, while other things are loaded.

    Unpacking it takes 0.3 s, in which Python can do something else.
    """
    _loading.append(ThreadPoolExecutor(1, "language").submit(scores, ALLOWED))


def _scores() -> Scores:
    return _loading[0].result() if _loading else scores(ALLOWED)


_loading: list[Future[Scores]] = []
