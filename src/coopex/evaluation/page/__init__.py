"""A page of differences: one HTML file with all figures and every text beside its found and its gold records.

The file holds its own style and script and loads nothing; a content security policy that names both by their
digests forbids anything else to run, whatever stands in a text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coopex.evaluation.page.figures import figures_of
from coopex.evaluation.page.marks import SIGNS
from coopex.evaluation.page.texts import text_view
from coopex.evaluation.run import Evaluation

STATES = {
    "right": "as in the gold",
    "differs": "differs",
    "spurious": "not in the gold",
    "missed": "missed",
    "optional": "optional",
}
LEGEND = (
    ("right", "right"),
    ("wrong", "wrong: not in the gold"),
    ("missed", "missed: in the gold, not found"),
    ("tolerated", "counts neither way"),
)


def page(evaluation: Evaluation, texts: Mapping[str, str]) -> str:
    """Write the page of an evaluation; `texts` are the texts by document id, as far as they are at hand."""
    style, script = _asset("page.css"), _asset("page.js")
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'",
            style=Markup(style),
            script=Markup(script),
            figures=figures_of(evaluation),
            signs=SIGNS,
            states=STATES,
            legend=LEGEND,
            languages=list(evaluation.by_language),
            texts=[
                text_view(name, evaluation.documents.get(name), gold, texts.get(name))
                for name, gold in sorted(evaluation.golds.items())
            ],
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("coopex.evaluation", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> str:
    return files("coopex.evaluation.page").joinpath(name).read_text("utf-8")


def _digest(content: str) -> str:
    """Digest of an inline style or script as a content security policy names it: "sha256-…"."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
