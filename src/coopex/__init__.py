"""coopex reads English and Russian news on international cooperation into records with evidence.

>>> import coopex
>>> doc = coopex.extract("Ректор Иванов посетил Харбин.", published="2024-05-01")
>>> doc.visits[0].leaders[0].name
'Иванов'

Whole folders: `coopex.run(["news/"], Path("records"), plan=coopex.Plan(jobs=4))`, as the command line does it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from coopex.pipeline import Extractor
    from coopex.records import Agreement, DateRange, Document, Evidence, Party, TechnologyArea, Visit
    from coopex.running import Limits, Plan, RunSettings, run

__version__: str
__all__ = [
    "Agreement",
    "DateRange",
    "Document",
    "Evidence",
    "Extractor",
    "Limits",
    "Party",
    "Plan",
    "RunSettings",
    "TechnologyArea",
    "Visit",
    "__version__",
    "extract",
    "run",
]
_HOMES = {"Extractor": "pipeline", "Limits": "running", "Plan": "running", "RunSettings": "running", "run": "running"}


def __getattr__(name: str) -> Any:
    """Load classes when they are asked for, so that `import coopex` stays light."""
    if name == "__version__":
        from importlib.metadata import version

        return version("coopex")
    if name in __all__:
        return getattr(import_module(f"coopex.{_HOMES.get(name, 'records')}"), name)
    raise AttributeError(f"module 'coopex' has no attribute {name!r}")


@lru_cache(maxsize=1)
def _default() -> Extractor:
    from coopex.pipeline import Extractor

    return Extractor()


def extract(text: str, *, doc_id: str = "text", published: date | str | None = None) -> Document:
    """Read one text into a `Document`; models load once, when a text first needs them.

    `published` is a date or an ISO string and wins over what the text says; relative dates are resolved against it.
    """
    return _default().extract(text, doc_id=doc_id, published=published)
