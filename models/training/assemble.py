"""Put tokenizer, network and lemmatizer together into one pipeline directory."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from instances import TREEBANKS
from lemmas import add_lemmatizer
from spacy.language import Language
from tokenizer import english

from coopex.annotate.en.component import FACTORY, NetworkComponent

META = {
    "lang": "en",
    "spacy_version": ">=3.8.13,<3.9.0",
    "name": "coopex_news",
    "version": "0.2.0",
    "description": "English news: tags, lemmas, Universal Dependencies, people, organisations, places",
    "author": "coopex contributors",
    "license": "CC BY-SA 4.0",
}


def assemble(network: Path, data: Path) -> Language:
    """The exported network and the lemma tables of the treebanks → one pipeline."""
    nlp = english()
    component = nlp.add_pipe(FACTORY, name="network")
    assert isinstance(component, NetworkComponent)
    component.from_disk(network)
    add_lemmatizer(nlp, [data / name for name in TREEBANKS])
    nlp.meta.update(META)
    return nlp


def main() -> None:
    """Assemble and write the pipeline."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path(os.environ.get("COOPEX_TRAINING_DATA", "data/training")))
    arguments.add_argument("--network", type=Path, default=Path("build/network"))
    arguments.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "en_coopex_news")
    options = arguments.parse_args()
    assemble(options.network, options.data).to_disk(options.output)


if __name__ == "__main__":
    main()
