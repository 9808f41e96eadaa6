"""Bytes to text: byte order mark, then UTF-8, then, on pages, what they declare, then a guess among the encodings
of Russian and English.

The guess is charset-normalizer's, restricted with `cp_isolation`: on 100 Russian texts it named cp1251,
koi8-r and UTF-16 without a mark right each time, where the unrestricted guess took short koi8-r texts for
Shift-JIS.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from coopex.errors import BinaryInput, UndecodableText

# UTF-32 first: its little-endian mark begins with that of UTF-16
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["cp1251", "koi8_r", "cp866", "mac_cyrillic", "cp1252", "utf_16_le", "utf_16_be"]
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"\x7fELF",
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\ufffd]")
_CONTROL_SHARE = 0.02  # of characters; texts have none, images and archives above a tenth
_SAMPLE = 65_536  # bytes looked at when guessing
_WRONG_SHARE = 0.02  # of characters that may be replaced: a cp1251 text read as UTF-8 loses nearly all its letters
_ENOUGH = 8  # letters beyond ASCII: so many right sequences do not come about by chance
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,300}?charset\s*=\s*["']?\s*|<\?xml[^>]{0,50}?encoding=["'])(?P<name>[\w.:-]{2,30})""", re.I
)
_DECLARED_WITHIN = 8192  # bytes; browsers look at 1,024, but scripts above the declaration occur
# what browsers mean by these names
_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_TRUSTED = re.compile(r"utf-8|cp\d+|koi8[-_]\w+|iso8859-\d+|mac[-_]\w+|gb18030|big5|euc_\w+|shift_jis")
_UTF16_SHARE = 0.5  # of every other byte: 00 in Latin, 04 in Cyrillic text


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text and the Python name of the encoding it came from."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """`"Делегация".encode("cp1251")` → `Decoded("Делегация", "cp1251")`; line ends are kept as they are.

    Raises `BinaryInput` when the bytes are no text and `UndecodableText` when no encoding gives text.
    """
    if data.startswith(_MAGIC):
        raise BinaryInput
    found = _by_mark(data) or _as_utf16(data) or _as_utf8(data)
    if found is None and _looks_binary(data.decode("latin-1")):
        raise BinaryInput
    found = found or _mostly_utf8(data) or _by_guess(data)
    if found is None:
        raise UndecodableText
    if _looks_binary(found.text):
        raise BinaryInput
    return found


def decode_page(data: bytes, declared: str | None = None) -> Decoded:
    """`b'<meta charset="windows-1251">…'` → `Decoded("…", "cp1251")`; `declared` is what a server said.

    Byte order mark and valid UTF-8 come first, as many pages declare what they were before they were saved anew.
    Raises as `decode` does; control characters, of which pages have some, do not make it binary.
    """
    if data.startswith(_MAGIC):
        raise BinaryInput
    found = _by_mark(data) or _as_utf16(data) or _as_utf8(data) or _mostly_utf8(data)
    names = [match["name"].decode("ascii", "replace") for match in _DECLARED.finditer(data[:_DECLARED_WITHIN])]
    named = (text for name in (declared, *names) if name and (text := _as_declared(data, name)))
    return found or next(named, None) or _guessed(data)


def encoding_of(sample: bytes) -> str:
    """`b"\\xff\\xfei\\x00d\\x00"` → "utf-16": the encoding of a text by its beginning, which may end amid a letter."""
    marked = next((name for mark, name in _MARKS if sample.startswith(mark)), None)
    if marked:
        return marked
    wide = _as_utf16(sample[: len(sample) // 2 * 2])
    return wide.encoding if wide else decode_page(sample[: sample.rfind(b"\n") + 1] or sample).encoding


def _guessed(data: bytes) -> Decoded:
    found = _by_guess(data)
    if found is None:
        raise UndecodableText
    return found


def _as_declared(data: bytes, name: str) -> Decoded | None:
    """The page in the encoding of that name; a few bytes may be wrong."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    codec = _WEB_NAMES.get(codec, codec)
    if not _TRUSTED.fullmatch(codec):
        return None
    text = data.decode(codec, "replace")
    return Decoded(text, codec) if text.count("\ufffd") <= _WRONG_SHARE * len(text) else None


def _mostly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few wrong bytes, as where a page was cut: hardly any other text has so many right sequences."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    other = sum(char > "\x7f" for char in text) - wrong
    return Decoded(text, "utf-8") if other >= _ENOUGH and wrong <= max(1, _WRONG_SHARE * other) else None


def _by_mark(data: bytes) -> Decoded | None:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    return _strictly(data, encoding) if encoding else None


def _as_utf8(data: bytes) -> Decoded | None:
    return _strictly(data, "utf-8")


def _as_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every other byte is 00 (Latin) or 04 (Cyrillic)."""
    if len(data) < 4 or len(data) % 2:
        return None
    if _page_share(data[1::2]) > _UTF16_SHARE > _page_share(data[::2]):
        return _strictly(data, "utf-16-le")
    if _page_share(data[::2]) > _UTF16_SHARE > _page_share(data[1::2]):
        return _strictly(data, "utf-16-be")
    return None


def _page_share(half: bytes) -> float:
    """The share of bytes that are the high byte of a Latin or Cyrillic UTF-16 unit."""
    sample = half[:_SAMPLE]
    return (sample.count(0) + sample.count(4)) / len(sample)


def _by_guess(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    return _strictly(data, guess.encoding) if guess else None


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    controls = len(_CONTROLS.findall(sample))
    return "\0" in sample or controls > _CONTROL_SHARE * len(sample)
