"""A training loop with a budget of minutes; the learning rate falls to zero as they are used up."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to train, and how: minutes of wall time, words per batch at the start and at the end."""

    minutes: float
    first_batch: int = 300
    last_batch: int = 1500
    rate: float = 0.001
    decay_from: float = 0.4
    dropout: float = 0.1
    check_minutes: float = 6.0


def examples(nlp: Language, docs: Sequence[Doc]) -> list[Example]:
    """Docs with annotation -> examples on the same tokens, independent of the tokenizer."""
    return [
        Example(Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc)
        for doc in docs
    ]


def train(
    nlp: Language,
    training: list[Example],
    budget: Budget,
    score: Callable[[Language], float],
    output: Path,
    seed: int = 1,
) -> None:
    """Train until the budget is used up; ``output`` always holds the best model so far, weights averaged."""
    random.seed(seed)
    output.parent.mkdir(parents=True, exist_ok=True)
    optimizer = Adam(budget.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    started = last_check = time.monotonic()
    best, steps, words = -1.0, 0, 0
    for batch in _batches(training, lambda: _batch_words(budget, started)):
        progress = _progress(budget, started)
        optimizer.learn_rate = budget.rate * max(0.01, min(1.0, (1 - progress) / (1 - budget.decay_from)))
        nlp.update(batch, sgd=optimizer, drop=budget.dropout)
        steps += 1
        words += sum(len(example.predicted) for example in batch)
        if progress < 1.0 and time.monotonic() - last_check < budget.check_minutes * 60:
            continue
        with nlp.use_params(optimizer.averages):
            result = score(nlp)
            if result > best:
                best = result
                nlp.to_disk(output)
        minutes = (time.monotonic() - started) / 60
        print(
            f"{minutes:6.1f} min {steps:6d} steps {words:9d} words  score {result:.4f}  best {best:.4f}",
            flush=True,
        )
        last_check = time.monotonic()
        if progress >= 1.0:
            return


def blend(first: Language, second: Language, component: str, share: float) -> None:
    """Make the weights of ``first`` a mean of both pipelines, ``share`` of it from ``second``.

    The second must have been trained on from the first (Wortsman et al. 2022, "Model soups").
    """
    models = first.get_pipe(component).model, second.get_pipe(component).model  # type: ignore[attr-defined]
    for one, other in zip(models[0].walk(), models[1].walk(), strict=True):
        for name in one.param_names:
            if one.has_param(name):
                one.set_param(name, (1 - share) * one.get_param(name) + share * other.get_param(name))


def _progress(budget: Budget, started: float) -> float:
    """Share of the budget that is used up."""
    return (time.monotonic() - started) / (budget.minutes * 60)


def _batch_words(budget: Budget, started: float) -> float:
    """Words per batch now: they grow from the first size to the last."""
    return budget.first_batch + (budget.last_batch - budget.first_batch) * _progress(budget, started)


def _batches(training: list[Example], size: Callable[[], float]) -> Iterator[list[Example]]:
    while True:
        random.shuffle(training)
        batch: list[Example] = []
        words = 0
        for example in training:
            batch.append(example)
            words += len(example.predicted)
            if words >= size():
                yield batch
                batch, words = [], 0
        if batch:
            yield batch
