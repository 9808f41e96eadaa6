"""Fit the weights of confidence on gold, and tell how well they hold on texts that were left out.

Every record of the gold's texts gives one example: its signs, and the share of its values that is right. A logistic
model with few weights, held small, is fitted to them. The record of a rule is counted without the text at hand, so
that no record vouches for itself.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from coopex.confidence import LEAST, MOST, SIGNS, Family, RuleShares, family_of, model_of, rules_of, signs_of
from coopex.evaluation.calibration import Judged

Vector = npt.NDArray[np.float64]

CORRECTION: Mapping[Family, float] = {"events": -0.25}
"""Added to the log-odds in the end; `docs/confidence.md` tells the measurement behind it."""

HOLD = 4.0
"""How strongly weights are held to zero: 1, 4 and 20 were tried, leaving out one text at a time; 4 fits best."""


def fit(judged: Sequence[Judged], correction: Mapping[Family, float] = CORRECTION) -> dict[str, Any]:
    """Fit the models of all families; the result is what `rules/confidence.json` holds."""
    texts = {each.document.doc_id for each in judged}
    families: dict[Family, list[Judged]] = {
        family: [each for each in judged if family_of(each.record) == family] for family in SIGNS
    }
    models = {
        family: _fit_family(family, examples) | {"correction": correction.get(family, 0.0)}
        for family, examples in families.items()
        if examples
    }
    return {"texts": len(texts), "models": models}


def written(model: Mapping[str, Any]) -> str:
    """Write a fitted model as the text of `rules/confidence.json`, one rule a line."""
    return re.sub(r"\[\s+([\d.]+),\s+(\d+)\s+\]", r"[\1, \2]", json.dumps(model, indent=1)) + "\n"


def leave_one_out(
    judged: Sequence[Judged], correction: Mapping[Family, float] = CORRECTION
) -> list[tuple[Judged, float]]:
    """Rate the records of every text by models fitted on the other texts."""
    rated = []
    for text in sorted({each.document.doc_id for each in judged}):
        others = [each for each in judged if each.document.doc_id != text]
        model = model_of(fit(others, correction))
        own = [each for each in judged if each.document.doc_id == text]
        rated += [(each, model.confidence(each.record, each.document)) for each in own]
    return rated


def _fit_family(family: Family, examples: Sequence[Judged]) -> dict[str, Any]:
    rules = _rule_shares(examples)
    per_text = {
        text: _rule_shares([each for each in examples if each.document.doc_id != text], rules.mean)
        for text in {each.document.doc_id for each in examples}
    }
    rows = [signs_of(each.record, each.document, per_text[each.document.doc_id]) for each in examples]
    names = ["rules", *SIGNS[family]]
    signs = np.array([[row[name] for name in names] for row in rows])
    right = np.clip(np.array([each.right for each in examples]), LEAST, MOST)
    base, weights = _logistic(signs, right)
    return {
        "records": len(examples),
        "mean": round(rules.mean, 4),
        "base": round(base, 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        "rules": {rule: [round(right, 3), seen] for rule, (right, seen) in sorted(rules.counts.items())},
    }


def _rule_shares(examples: Iterable[Judged], mean: float | None = None) -> RuleShares:
    """Add up the shares that were right of the records of every rule."""
    counts: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    total, number = 0.0, 0
    for each in examples:
        total, number = total + each.right, number + 1
        for rule in rules_of(each.record):
            right, seen = counts[rule]
            counts[rule] = (right + each.right, seen + 1)
    return RuleShares(dict(counts), mean if mean is not None else (total + 1) / (number + 2))


def _logistic(signs: Vector, right: Vector) -> tuple[float, Vector]:
    """Fit base and weights by Newton's method; `right` may be any share. Weights are held small on equal scales."""
    means, scales = signs.mean(axis=0), signs.std(axis=0)
    scales[scales == 0] = 1.0
    rows = np.column_stack([np.ones(len(signs)), (signs - means) / scales])
    hold = np.diag([0.0] + [HOLD] * signs.shape[1])
    found = np.zeros(rows.shape[1])
    for _ in range(50):
        share = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (share - right) + hold @ found
        curve = (rows * (share * (1 - share))[:, None]).T @ rows + hold
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-9:
            break
    weights = found[1:] / scales
    return float(found[0] - weights @ means), weights
