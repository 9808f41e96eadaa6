"""Regularised logistic regression over named features, fitted per fold of texts and on all of them.

Source: scikit-learn's `LogisticRegression` (L2 penalty, lbfgs), which is a development dependency only.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from corpus import GoldText
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from coopex.weights import Features, LinearModel

FOLDS = 8
NEWS = ("newswire", "unselected", "wire", "ordinary")


@dataclass(frozen=True)
class Example:
    """Features of one case, whether the answer is yes, and the text it is from."""

    features: Features
    label: bool
    text: GoldText
    weight: float = 1.0
    counts: tuple[int, int, int] = (0, 0, 0)
    """Right and spurious fillers if the case is accepted, and how many the gold has whether it is or not."""


def fold_of(text: GoldText) -> int:
    """Fold of a text: by its name, so that it is the same for every decision."""
    return int(hashlib.sha256(f"{text.set}/{text.doc_id}".encode()).hexdigest(), 16) % FOLDS


def fit(examples: Sequence[Example], strength: float = 1.0, fewest: int = 3, balance: float = 0.0) -> dict[str, Any]:
    """Fit one model; what it gives is an entry of `weights.json`.

    `strength` is scikit-learn's C; a feature seen in fewer than `fewest` texts is left out; for `balance` see `weigh`.
    """
    texts = defaultdict(set)
    seen: dict[str, int] = defaultdict(int)
    right: dict[str, int] = defaultdict(int)
    for example in examples:
        for name, value in example.features.items():
            if value:
                texts[name].add(example.text.doc_id)
                seen[name] += 1
                right[name] += example.label
    kept = {name for name, found in texts.items() if len(found) >= fewest}
    rows = [{n: v for n, v in example.features.items() if n in kept} for example in examples]
    vectorizer = DictVectorizer(sparse=True, sort=True)
    matrix = vectorizer.fit_transform(rows)
    labels = np.array([example.label for example in examples])
    found = LogisticRegression(C=strength, max_iter=2000, tol=1e-6).fit(
        matrix, labels, sample_weight=weigh(examples, balance)
    )
    names = vectorizer.get_feature_names_out()
    return {
        "examples": len(examples),
        "right": int(labels.sum()),
        "bias": round(float(found.intercept_[0]), 3),
        "threshold": 0.5,
        "features": {
            name: [round(float(weight), 3), seen[name], right[name]]
            for name, weight in sorted(zip(names, found.coef_[0], strict=True))
        },
    }


def weigh(examples: Sequence[Example], balance: float) -> Any:
    """Weights of examples: with `balance` 1 texts of the domain and open news count the same in all, with 0 as many as
    there are, with 0.5 the geometric mean."""
    news = np.array([example.text.set in NEWS for example in examples])
    weights = np.array([example.weight for example in examples])
    if news.any() and not news.all():
        share = weights[news].sum() / weights.sum()
        weights = weights * np.where(news, 0.5 / share, 0.5 / (1 - share)) ** balance
    return weights


def calibrate(fitted: Sequence[dict[str, Any]], examples: Sequence[Example]) -> None:
    """Rescale the log-odds of models in place so that out of fold their probabilities are right (Platt scaling)."""
    rated = np.array(out_of_fold(examples, fitted)).clip(1e-6, 1 - 1e-6)
    odds = np.log(rated / (1 - rated)).reshape(-1, 1)
    labels = [example.label for example in examples]
    found = LogisticRegression(C=1e6).fit(odds, labels)
    scale, shift = float(found.coef_[0][0]), float(found.intercept_[0])
    for entry in fitted:
        entry["bias"] = round(entry["bias"] * scale + shift, 3)
        for row in entry["features"].values():
            row[0] = round(row[0] * scale, 3)


def linear(entry: Mapping[str, Any]) -> LinearModel:
    """Read an entry of `weights.json`."""
    return LinearModel(entry["bias"], {n: row[0] for n, row in entry["features"].items()}, entry["threshold"])


def fit_folds(examples: Sequence[Example], **options: Any) -> list[dict[str, Any]]:
    """Fit a model without each fold, and last one on all."""
    folds = [fit([e for e in examples if fold_of(e.text) != fold], **options) for fold in range(FOLDS)]
    return [*folds, fit(examples, **options)]


def out_of_fold(examples: Sequence[Example], folds: Sequence[Mapping[str, Any]]) -> list[float]:
    """Rate every example by the model that was fitted without its text."""
    models = [linear(entry) for entry in folds]
    return [models[fold_of(example.text)].probability(example.features) for example in examples]


NEARLY_BEST = 0.004
"""F1 within which thresholds count as equally good."""
STEPS = tuple(n / 50 for n in range(5, 45))


def best_f1(examples: Sequence[Example], rated: Sequence[float]) -> float:
    """Choose the threshold that gives the best F1 of yes and no."""

    def f1(step: float) -> float:
        tp = sum(p >= step and e.label for e, p in zip(examples, rated, strict=True))
        wrong = sum((p >= step) != e.label for e, p in zip(examples, rated, strict=True))
        return 2 * tp / (2 * tp + wrong or 1)

    return max(STEPS, key=lambda step: (round(f1(step), 4), -abs(step - 0.5)))


def best_slot_f1(examples: Sequence[Example], rated: Sequence[float]) -> float:
    """Choose the threshold that gives the best F1 of fillers, the mean of texts of the domain and of open news.

    The curve is flat at its top, and where exactly it is highest changes with every text: of all thresholds that give
    nearly the best, the middle one is taken.
    """

    def f1(step: float, news: bool) -> float:
        right = spurious = wanted = 0
        for e, p in zip(examples, rated, strict=True):
            if (e.text.set in NEWS) == news and e.text.set != "passages":
                right += e.counts[0] * (p >= step)
                spurious += e.counts[1] * (p >= step)
                wanted += e.counts[2]
        return 2 * right / (right + spurious + wanted or 1)

    def smooth(step: float) -> float:
        near = (-0.04, -0.02, 0.0, 0.02, 0.04)
        return sum(f1(step + shift, False) + f1(step + shift, True) for shift in near) / (2 * len(near))

    rated_steps = {step: smooth(step) for step in STEPS}
    good = [step for step, value in rated_steps.items() if value >= max(rated_steps.values()) - NEARLY_BEST]
    return good[len(good) // 2]


def quality(
    examples: Sequence[Example], rated: Sequence[float], threshold: float
) -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 and number of examples by set, for printing."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for example, p in zip(examples, rated, strict=True):
        for key in (f"{example.text.set} {example.text.language}", "all"):
            sums[key][0] += p >= threshold and example.label
            sums[key][1] += p >= threshold and not example.label
            sums[key][2] += p < threshold and example.label
            sums[key][3] += 1
    found = {}
    for key, (tp, fp, fn, n) in sums.items():
        precision, recall = tp / (tp + fp or 1), tp / (tp + fn or 1)
        found[key] = (precision, recall, 2 * precision * recall / (precision + recall or 1), n)
    return found


def calibration(rated: Iterable[tuple[float, bool]]) -> list[tuple[float, float, float, int]]:
    """Bins of .1: lower edge, mean probability, share right, number."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, label in rated:
        bins[min(int(p * 10), 9)].append((p, label))
    return [
        (n / 10, sum(p for p, _ in inside) / len(inside), sum(y for _, y in inside) / len(inside), len(inside))
        for n, inside in sorted(bins.items())
    ]
