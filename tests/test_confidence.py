"""Confidence is the probability of the decision: calibrated out of fold, and what `min_confidence` works on."""

from __future__ import annotations

from importlib.resources import files

import pytest
import srsly

from coopex import Extractor
from coopex.evaluation.calibration import bins
from coopex.weights import RECORD_DECISIONS, LinearModel, logistic, model, read_models, thresholds
from samples import TEXT, document

FEWEST = 25  # records of a bin that is judged: shares vary by .1 in fewer
CLOSE = 0.08
VISIT = "Rector Ivan Ivanov of Tomsk University visited Harbin on 21 August 2018."


def weights() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = srsly.json_loads(files("coopex").joinpath("weights.json").read_text("utf-8"))
    return found


# --- linear models -----------------------------------------------------------------------------


def test_weights_add_up() -> None:
    linear = LinearModel(-1.0, {"host named": 2.0, "recalled": -0.5}, 0.6)
    assert linear.sum({"host named": 1.0, "unknown": 1.0}) == 1.0
    assert linear.probability({"host named": 1.0}) == pytest.approx(0.731, abs=0.001)
    assert linear.accepts({"host named": 1.0})
    assert not linear.accepts({"host named": 1.0, "recalled": 1.0, "unknown": 9.0} | {"recalled": 2.0})


def test_the_strongest_features_come_first_and_kinds_are_told_once() -> None:
    linear = LinearModel(0.0, {"a": 0.5, "person: a": 0.5, "b": -0.8, "c": 0.01})
    assert linear.strongest({"a": 1.0, "person: a": 1.0, "b": 1.0, "c": 1.0}) == [("a", 1.0), ("b", -0.8)]


def test_log_odds_are_made_probabilities() -> None:
    assert logistic(0.0) == 0.5
    assert logistic(-1000.0) == 0.0
    assert logistic(1000.0) == 1.0


# --- the fitted weights ------------------------------------------------------------------------


def test_every_weight_has_its_counts() -> None:
    raw = weights()["models"]
    assert set(RECORD_DECISIONS.values()) <= set(raw)
    for name, entry in raw.items():
        for feature, (weight, seen, right) in entry["features"].items():  # type: ignore[index]
            assert seen >= right >= 0, (name, feature)
            assert abs(weight) < 8, (name, feature)


def test_fitted_models_are_read() -> None:
    models = read_models(weights())
    assert models["visit.decision"].threshold == model("visit.decision").threshold == thresholds()["visits"]
    assert all(0 < threshold < 1 for threshold in thresholds().values())


def test_confidence_is_right_out_of_fold() -> None:
    """In each bin of .1, over all decisions, the mean probability and the share that is right lie close together."""
    bins_of: dict[int, list[tuple[float, float, int]]] = {}
    for name in RECORD_DECISIONS.values():
        for mean, right, n in weights()["models"][name]["calibration"]:  # type: ignore[index]
            bins_of.setdefault(int(mean * 10), []).append((mean, right, n))
    assert len(bins_of) == 10
    for found in bins_of.values():
        number = sum(n for _, _, n in found)
        mean, right = (sum(each[i] * each[2] for each in found) / number for i in (0, 1))
        assert number >= FEWEST
        assert abs(mean - right) <= CLOSE, (mean, right, number)


# --- leaving records out -----------------------------------------------------------------------


def test_records_of_little_confidence_can_be_left_out() -> None:
    whole = document()
    assert whole.at_least(0.0) == whole
    assert whole.at_least(0.85).visits == whole.visits
    assert whole.at_least(0.85).agreements == ()
    assert whole.at_least(1.0).record_count == 0
    assert whole.with_text(TEXT).at_least(0.85).text == TEXT


@pytest.mark.parametrize("wrong", [-0.1, 1.1])
def test_min_confidence_is_a_share(wrong: float) -> None:
    with pytest.raises(ValueError, match="min_confidence"):
        Extractor(min_confidence=wrong)


def test_an_extractor_gives_more_or_fewer_records() -> None:
    (usual,) = Extractor().extract(VISIT).visits
    assert usual.confidence >= thresholds()["visits"]
    assert Extractor(min_confidence=usual.confidence).extract(VISIT).visits == (usual,)
    assert Extractor(min_confidence=1.0).extract(VISIT).record_count == 0
    doubtful = "The director of the plant told guests about turbines."
    assert not Extractor().extract(doubtful).visits
    assert len(Extractor(min_confidence=0.0).extract(doubtful).visits) <= 1


# --- bins --------------------------------------------------------------------------------------


def test_small_bins_are_joined() -> None:
    pairs = [(0.3, 0.5)] * 5 + [(0.75, 0.7)] * 30 + [(0.95, 1.0)] * 10
    (all_of_them,) = bins(pairs)
    assert (all_of_them.low, all_of_them.high, all_of_them.records) == (0.0, 1.0, 45)
    assert all_of_them.confidence == pytest.approx((0.3 * 5 + 0.75 * 30 + 0.95 * 10) / 45)
    assert all_of_them.right == pytest.approx((0.5 * 5 + 0.7 * 30 + 1.0 * 10) / 45)
    many = bins(pairs + [(1.0, 0.9)] * 20)
    assert [(each.low, each.high, each.records) for each in many] == [(0.0, 0.8, 35), (0.8, 1.0, 30)]
    assert all(each.is_close for each in many)
    assert bins([]) == []
