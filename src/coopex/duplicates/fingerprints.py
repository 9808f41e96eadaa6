"""A text in some 270 bytes, by which copies of it can be told: the same on every machine and in every process."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from struct import pack, unpack

BANDS, ROWS = 32, 3
"""A pair is compared when all values of one of 32 bands of 3 agree: 97 % of pairs that share .47 of their shingles, the
half of a text and the whole (1 - (1 - .47³)³²). Of those, 24 bands of 3 would find 93 %, 24 of 4 only 70 %."""

SHINGLE = 3
"""Words a shingle. With 2, other reports on one form share up to .57; with 4, a text of which 15 % of the words are
missing keeps .39 of its shingles (with 3: .49). Medians of `benchmarks/duplicates.py --shingles`."""

MIN_WORDS = 20
"""Shorter texts are copies only when they are the same: "… visits Vietnam in May" and "… in June" differ in a word."""

MAX_CHARACTERS = 150_000
"""Only so much of a text is compared, some 60 pages, so that a text of 50 MB costs no more than a book."""

MAX_PARTICULARS = 32
"""Names and numbers kept of a text: the median of our samples has 29."""

_SEED = 1
_PIECE = 1_000_000
_WORD = re.compile(r"\w+")
_PARTICULAR = re.compile(r"\d+(?:[.,:]\d+)*|(?<=[\w,;)»”][ \xa0])[^\W\d_]\w*")
_SAME = {
    **dict.fromkeys("«»“”„‟‹›″", '"'),
    **dict.fromkeys("‘’‚‛`´′", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u0301", ""),
    "ё": "е", "Ё": "Е", "…": "...",
}
_WRITTEN_OTHERWISE = re.compile(f"[{''.join(_SAME)}]")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to tell its copies.

    `exact` is the digest of the text without white space, case and typography, empty for a blank text. `sketch` holds
    the lower halves of the MinHash values of its shingles, two bytes each; empty for a short text. `particulars` holds
    the smallest hashes of its names and numbers, two bytes each, ascending.
    """

    exact: bytes
    sketch: bytes = b""
    particulars: bytes = b""

    def __str__(self) -> str:
        """Give the fingerprint as a short line of ASCII, which `Fingerprint.parse` reads."""
        return ".".join(b64encode(part).decode("ascii") for part in (self.exact, self.sketch, self.particulars))

    @classmethod
    def parse(cls, line: str) -> Fingerprint:
        """Read what `str` gave; raises ValueError when it is something else."""
        try:
            exact, sketch, particulars = (b64decode(part, validate=True) for part in line.split("."))
        except ValueError as error:
            raise ValueError(f"{line!r} is no fingerprint of a text") from error
        if len(exact) not in {0, 8} or len(sketch) not in {0, 2 * BANDS * ROWS} or len(particulars) % 2:
            raise ValueError(f"{line!r} is no fingerprint of a text")
        return cls(exact, sketch, particulars)

    def key(self) -> int:
        """The digest as a signed number of 64 bits."""
        return int(unpack("<q", self.exact)[0])

    def bands(self) -> list[int]:
        """The numbers under which the text is looked for: each made of the values of a band and its place."""
        values = _numbers(self.sketch)
        triples = zip(values[0::3], values[1::3], values[2::3], strict=True)
        return [place << 48 | a << 32 | b << 16 | c for place, (a, b, c) in enumerate(triples)]

    def similarity(self, other: Fingerprint) -> float:
        """Estimate the share of shingles that two texts have in common, 0 to 1 (the Jaccard index)."""
        if not self.sketch or not other.sketch:
            return 0.0
        pairs = zip(_numbers(self.sketch), _numbers(other.sketch), strict=True)
        return sum(mine == theirs for mine, theirs in pairs) / (BANDS * ROWS)

    def shared_particulars(self, other: Fingerprint) -> float:
        """Estimate the share of the names and numbers of one text that the other has too, for the one with fewer."""
        mine, theirs = _comparable(_numbers(self.particulars), _numbers(other.particulars))
        fewer = min(len(mine), len(theirs))
        return len(mine & theirs) / fewer if fewer >= _FEW else 1.0


_FEW = 4
"""Fewer names and numbers than that tell nothing: a text in small letters has none."""


def fingerprint(text: str) -> Fingerprint:
    """`"«Ещё» — 5"` and `'"еще" - 5'` → the same fingerprint: case, white space and typography do not count."""
    head = text[:MAX_CHARACTERS]
    words = _WORD.findall(_alike(head))
    if len(words) < MIN_WORDS:
        return Fingerprint(_digest(text))
    return Fingerprint(_digest(text), _sketch(words), _particulars(head))


def _alike(text: str) -> str:
    """`"«Ещё» —"` → `'"еще" -'`."""
    return _WRITTEN_OTHERWISE.sub(lambda found: _SAME[found.group()], text).casefold()


def _digest(text: str) -> bytes:
    """Digest the characters that are not white space, piece by piece: a long text needs no second copy of itself."""
    digest, empty = blake2b(digest_size=8), True
    for start in range(0, len(text), _PIECE):
        if characters := "".join(_alike(text[start : start + _PIECE]).split()):
            digest.update(characters.encode("utf-8", "surrogatepass"))
            empty = False
    return b"" if empty else digest.digest()


def _sketch(words: list[str]) -> bytes:
    """Give the lower halves of the MinHash values of all shingles: what two bytes tell apart is enough to compare."""
    from rensa import RMinHash

    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update(map(" ".join, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))
    return _bytes(value & 0xFFFF for value in sketch.digest())


def _particulars(text: str) -> bytes:
    """`"the Laser Centre of Ulmstad cost 240 million"` → hashes of laser, centre, ulmstad, 240.

    The first word of a sentence or line is left out: its capital tells nothing.
    """
    found = set(_PARTICULAR.findall(text))
    hashes = {_hash(word.casefold().replace("ё", "е")) for word in found if word[0].isupper() or word[0].isdigit()}
    return _bytes(sorted(hashes)[:MAX_PARTICULARS])


def _hash(word: str) -> int:
    """Give 16 bits of a word; `hash` would differ from process to process."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) >> 16


def _comparable(mine: tuple[int, ...], theirs: tuple[int, ...]) -> tuple[set[int], set[int]]:
    """Cut two lists of smallest hashes to the range that both cover, as each is a sample if it is full."""
    full = [hashes[-1] for hashes in (mine, theirs) if len(hashes) == MAX_PARTICULARS]
    limit = min(full, default=0xFFFF)
    return {value for value in mine if value <= limit}, {value for value in theirs if value <= limit}


def _bytes(numbers: Iterable[int]) -> bytes:
    values = list(numbers)
    return pack(f"<{len(values)}H", *values)


def _numbers(values: bytes) -> tuple[int, ...]:
    return unpack(f"<{len(values) // 2}H", values)
