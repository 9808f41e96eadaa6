"""Put tokenizer, parser, lemmatizer and entity recognizer together into one pipeline directory."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import spacy
from lemmas import add_lemmatizer
from spacy.language import Language
from tokenizer import english
from train_parser import FILES

META = {
    "lang": "en",
    "spacy_version": ">=3.8.13,<3.9.0",
    "name": "coopex_news",
    "version": "0.1.0",
    "description": "English news: tags, lemmas, Universal Dependencies, people, organisations, places",
    "author": "coopex contributors",
    "license": "CC BY-SA 4.0",
}
SHARED = ("tok2vec", "tagger", "morphologizer", "parser")


def assemble(parser: Path, ner: Path, data: Path) -> Language:
    """The two trained halves -> one pipeline; the recognizer keeps its own encoder."""
    nlp = english()
    parsing = spacy.load(parser, vocab=nlp.vocab)
    for name in SHARED:
        nlp.add_pipe(name, source=parsing)
    add_lemmatizer(nlp, [data / name for name in FILES])
    nlp.add_pipe("ner", source=spacy.load(ner, vocab=nlp.vocab))
    nlp.meta.update(META)
    return nlp


def main() -> None:
    """Assemble and write the pipeline."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path(os.environ.get("COOPEX_TRAINING_DATA", "data/training")))
    arguments.add_argument("--parser", type=Path, default=Path("build/model-parser"))
    arguments.add_argument("--ner", type=Path, default=Path("build/model-ner"))
    arguments.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "en_coopex_news")
    options = arguments.parse_args()
    assemble(options.parser, options.ner, options.data).to_disk(options.output)


if __name__ == "__main__":
    main()
