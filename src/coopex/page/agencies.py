"""Which names are those of news agencies, papers and news sites."""

from __future__ import annotations

import re
from functools import lru_cache

from coopex.page.cues import fold, load

SITE = r"[A-ZА-ЯЁa-z][\w-]{2,}\.(?:kz|ru|com|by|uz|kg|cn|net|org|info|az|am|news|media|рф)(?!\w)"

_SITE = re.compile(SITE, re.IGNORECASE)


def is_agency(name: str) -> bool:
    """`"ТАСС"`, `"AFP"`, `"Tengrinews.kz"` → True."""
    return fold(name).strip(" .") in _folded() or bool(_SITE.fullmatch(name))


@lru_cache(maxsize=1)
def agency_names() -> tuple[str, ...]:
    """The names of `sources.yaml`, longest first."""
    return tuple(sorted((str(name) for name in load("sources.yaml")["agencies"]), key=len, reverse=True))


@lru_cache(maxsize=1)
def _folded() -> frozenset[str]:
    return frozenset(fold(name) for name in agency_names())
