"""Which of the lines above the first paragraph is the headline, if any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coopex.page.cues import bare, cues, fold
from coopex.page.lines import Line, ends_sentence, is_bullet
from coopex.page.verbs import function_words, has_verb

_BODY_NOUN = re.compile(
    r"\b(?:agency|ministry|department|university|institute|academy|council|committee|cent(?:er|re)|association|corporation|club|"
    r"embassy|chamber|foundation|company|group|times|post|herald|tribune|gazette|daily|"
    r"агентств|министерств|департамент|университет|институт|академи|центр|ассоциаци|корпораци|завод|газет|вестник|комитет)"
)
_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u052f]+"), re.compile("[A-Za-z]+")
_TITLE_SCORE = (
    1.0  # a line of four words that says something, or shares half its words with the text, reaches it
)
_CLOSE = 1.5  # a line this near to the best and above it is the headline: what follows is a subheading


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be the headline: its place among the lines and what stands around it.

    `before_credit`: a credit line comes right after it. `after_headed_credit`: a credit line with a line
    above it comes before it: rather the first subheading of a digest. `above_kicker`: a line such as "PRESS
    RELEASE" stands between it and the text: rather a letterhead.
    """

    index: int
    line: Line
    before_credit: bool
    after_headed_credit: bool = False
    above_kicker: bool = False


def choose(candidates: Sequence[Candidate], body: str) -> int | None:
    """The index of the headline among the lines above the first paragraph; None when there is none."""
    if not candidates:
        return None
    about = _Body(_stems(body), script_of(body))
    scored = [(score(c, about), c.index) for c in candidates]
    best = max(value for value, _ in scored)
    floor = max(best - _CLOSE, _TITLE_SCORE)
    return next((index for value, index in scored if value >= floor), None)


@dataclass(frozen=True, slots=True)
class _Body:
    """What the running text is compared by: the stems of its words, its script."""

    stems: set[str]
    script: str


def score(candidate: Candidate, body: _Body) -> float:
    """How much a line looks like a headline of the body's text; about 4 for a good one, below 1 for a site's
    name.
    """
    text = candidate.line.text
    stopped = text.endswith((".", "…", ":", ";", ","))
    points = _length_points(candidate.line.words) + 2 * overlap(text, body.stems)
    points -= 3 * (is_letterhead(text) and not has_verb(text))
    points -= _is_name_like(text) * (2 if _BODY_NOUN.search(fold(text)) else 1)
    points -= 4 * (script_of(text) != body.script)
    points -= 2 * (stopped and not candidate.before_credit) + 5 * is_bullet(text)
    points -= 2 * (text.count(". ") >= 2 and ends_sentence(text))
    return (
        points + 0.5 * candidate.before_credit - 2 * (candidate.after_headed_credit + candidate.above_kicker)
    )


def _length_points(words: int) -> float:
    if words <= 3:
        return (-3.0, -3.0, -0.5, 1.0)[words]
    return 2.0 if words <= 30 else -1.0


def is_letterhead(text: str) -> bool:
    """`"Ministry of Science and Technology"`, `"Официальный сайт …"` → True."""
    return bool(cues().letterheads.match(fold(text)))


def _is_name_like(text: str) -> bool:
    """Every word but the function words is capitalised and there is no verb: "Special Economic Zone
    Technopolis Moscow".
    """
    words = [w for w in re.findall(r"[^\W\d_][\w'-]*", text) if w.lower() not in function_words()]
    return len(words) <= 6 and all(w[0].isupper() for w in words) and not has_verb(text)


def overlap(text: str, stems: set[str]) -> float:
    """The share of a line's content words, cut to five letters, that the text uses."""
    wanted = _stems(text)
    return len(wanted & stems) / len(wanted) if wanted else 0.0


def _stems(text: str) -> set[str]:
    words = re.findall(r"[^\W_]{3,}", fold(text))
    return {word[:5] for word in words if word not in function_words()}


def script_of(text: str) -> str:
    """`"Пресс-служба NEDO"` → "Cyrillic"; Latin when the letters are even or none."""
    cyrillic, latin = (sum(map(len, letters.findall(text))) for letters in (_CYRILLIC, _LATIN))
    return "Cyrillic" if cyrillic > latin else "Latin"


_GLUE = re.compile(r"(?<![\w-])(?:[a-zа-яё]{3,}|\S*[»”\"!?\d])(?=[A-ZА-ЯЁ][a-zа-яё]+[\s,-])")
_GLUE_REACH = 220  # characters: no headline is longer


def glued_end(text: str) -> int | None:
    """`"China is looking for partnersGuests from the People's Republic …"` → 29, where the headline ends.

    A word that begins in lower case and goes on in upper case is two words; TechnoSpark begins in upper case.
    """
    for match in _GLUE.finditer(text[:_GLUE_REACH]):
        head = text[: match.end()]
        if len(head.split()) >= 4 and not re.search(r"[.!?]\s", head):
            return match.end()
    return None


_SITE_SUFFIX = re.compile(
    r"\s+(?:\||::|»|·)\s+(?P<site>[^|»]{2,60})$|\s+[-–—]\s+(?P<name>[\w.-]+\.(?:ru|com|org|net|kz|by|cn|info|uz|kg|рф|su|tv|news))$"
)


def without_site(text: str) -> str:
    """`"Delegation visits Dubna | JINR"` → "Delegation visits Dubna"."""
    match = _SITE_SUFFIX.search(text)
    head = text[: match.start()] if match else text
    return head if len(head.split()) >= 3 else text


def repeats(text: str, title: str) -> bool:
    """Whether a line is the headline again, letter case and closing signs aside."""
    return bare(text) == bare(title)
