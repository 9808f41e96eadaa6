"""Fitted linear models: named features with weights, added up and turned into a probability.

`weights.json` holds one model for each decision. `make fit` writes it from gold by regularised logistic regression;
nobody types a weight by hand. Beside each weight stands how often its feature was seen and how often it was right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import srsly

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of named features in log-odds.

    `bias` is the sum without any feature, `threshold` the probability from which on the answer is yes.

    >>> LinearModel(-1.0, {"host named": 2.0}, 0.5).probability({"host named": 1.0})
    0.7310585786300049
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float = 0.5

    def sum(self, features: Features) -> float:
        """Add up the bias and the weighted features; a feature without a weight adds nothing."""
        weights = self.weights
        return self.bias + sum([weights[name] * value for name, value in features.items() if name in weights])

    def probability(self, features: Features) -> float:
        """Return the probability of yes, between 0 and 1."""
        return logistic(self.sum(features))

    def accepts(self, features: Features) -> bool:
        """Return whether the probability reaches the threshold."""
        return self.probability(features) >= self.threshold

    def strongest(self, features: Features, number: int = 4) -> list[tuple[str, float]]:
        """Return the features that add or take most, each with what it adds, the strongest first.

        A feature that also counts for one kind ("person: has a post") is told once, with both weights added.
        """
        parts: dict[str, float] = {}
        for name, value in features.items():
            plain = name.rpartition(": ")[2]
            parts[plain] = parts.get(plain, 0.0) + self.weights.get(name, 0.0) * value
        told = [(name, part) for name, part in parts.items() if abs(part) >= _WORTH_TELLING]
        return sorted(told, key=lambda each: (-abs(each[1]), each[0]))[:number]


_WORTH_TELLING = 0.05  # log-odds


def logistic(log_odds: float) -> float:
    """Return the probability of some log-odds: 0 → 0.5, 2.2 → 0.9."""
    if log_odds < -30:
        return 0.0
    return 1.0 / (1.0 + math.exp(-log_odds))


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability: 0.5 → 0, 0.9 → 2.2."""
    bounded = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(bounded / (1 - bounded))


def read_models(raw: Mapping[str, Any]) -> dict[str, LinearModel]:
    """Read the models of a `weights.json`: their biases, thresholds and the weights of their features."""
    return {
        name: LinearModel(
            model["bias"],
            {feature: row[0] for feature, row in model["features"].items()},
            model["threshold"],
        )
        for name, model in raw["models"].items()
    }


_replaced: dict[str, LinearModel] = {}


def use_models(models: Mapping[str, LinearModel] | None) -> None:
    """Use some models in place of the fitted ones of the same names, for out-of-fold scores; None ends it."""
    _replaced.clear()
    _replaced.update(models or {})


@lru_cache(maxsize=1)
def _fitted() -> dict[str, LinearModel]:
    return read_models(srsly.json_loads(files("coopex").joinpath("weights.json").read_text("utf-8")))


def model(name: str) -> LinearModel:
    """Return a fitted model by its name: `model("visit.decision")`.

    Raises KeyError for a name that `weights.json` does not have.
    """
    return _replaced.get(name) or _fitted()[name]


RECORD_DECISIONS = {"visits": "visit.decision", "agreements": "agreement.decision", "technologies": "area.decision"}
"""The decisions whose probability is the confidence of a record."""


def thresholds() -> dict[str, float]:
    """Return the fitted confidence from which on records of each kind are given: {"visits": 0.6, …}."""
    return {kind: model(name).threshold for kind, name in RECORD_DECISIONS.items()}
