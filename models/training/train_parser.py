"""Train tagger, morphologizer and dependency parser of the English pipeline on UD English-EWT and GUM."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import spacy
from loop import Budget, examples, train
from parse_data import plain_docs, training_docs
from spacy.language import Language
from spacy.training import Example

HERE = Path(__file__).parent
FILES = ("ud_ewt/en_ewt-ud-train.conllu.gz", "gum/gum-train.conllu.gz")
DEV = ("ud_ewt/en_ewt-ud-dev.conllu.gz", "gum/gum-dev.conllu.gz")
DEV_DOCS = 250


def dev_score(nlp: Language, dev: list[Example]) -> float:
    """Mean of LAS, POS accuracy and sentence F1 on the development sample, LAS counting most."""
    fresh = [Example(nlp.make_doc(""), example.reference) for example in dev[:0]]
    fresh.extend(examples(nlp, [example.reference for example in dev]))
    scores = nlp.evaluate(fresh, batch_size=128)
    shown = {key: round(scores[key], 4) for key in ("dep_uas", "dep_las", "pos_acc", "tag_acc", "sents_f")}
    print(shown, flush=True)
    return float(0.7 * scores["dep_las"] + 0.2 * scores["pos_acc"] + 0.1 * scores["sents_f"])


def main() -> None:
    """Train for ``--minutes`` and leave the best pipeline in ``--output``."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path(os.environ.get("COOPEX_TRAINING_DATA", "data/training")))
    arguments.add_argument("--output", type=Path, default=Path("build/model-parser"))
    arguments.add_argument("--minutes", type=float, default=70)
    options = arguments.parse_args()
    config = spacy.util.load_config(HERE / "parser.cfg")
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    docs = training_docs(nlp.vocab, [options.data / name for name in FILES])
    dev = [doc for name in DEV for doc in plain_docs(nlp.vocab, options.data / name, 5)[:DEV_DOCS]]
    training = examples(nlp, docs)
    print(f"{len(docs)} documents, {sum(map(len, docs))} words; dev {sum(map(len, dev))} words", flush=True)
    nlp.initialize(lambda: training)
    dev_examples = examples(nlp, dev)
    train(
        nlp,
        training,
        Budget(options.minutes, dropout=0.2),
        lambda model: dev_score(model, dev_examples),
        options.output,
    )


if __name__ == "__main__":
    main()
