"""What a result was made with: the versions of coopex, its libraries, and its language models."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from importlib.metadata import distribution, version
from pathlib import Path

LIBRARIES = ("coopex", "spacy", "natasha", "slovnet", "navec", "pymorphy2-dicts-ru")


@dataclass(frozen=True, slots=True)
class Model:
    """A language model: the language it reads, its name and version, and where it is."""

    language: str
    name: str
    version: str
    path: str


def installed() -> tuple[Model, ...]:
    """List the models that extraction uses."""
    return (_english(), _russian())


def versions() -> dict[str, str]:
    """Give the version of everything that has a say in the result, Python included."""
    told = {name: version(name) for name in LIBRARIES}
    models = {f"{model.language} model": f"{model.name} {model.version}" for model in installed()}
    return {"python": platform.python_version(), **told, **models}


def _english() -> Model:
    from coopex.annotate.english import model_directory

    path = model_directory()
    meta = json.loads((path / "meta.json").read_text("utf-8"))
    return Model("en", f"{meta['lang']}_{meta['name']}", meta["version"], str(path))


def _russian() -> Model:
    natasha = distribution("natasha")
    return Model("ru", "natasha", natasha.version, str(Path(str(natasha.locate_file("natasha")))))
