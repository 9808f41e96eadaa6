from __future__ import annotations

import random
from functools import cache

import pytest

from coopex import Extractor
from coopex.confidence import LEAST, MOST, PRIOR, SIGNS, Model, RuleShares, Weights, fitted, model_of, signs_of
from coopex.evaluation import gold_files, load_gold
from coopex.evaluation.calibration import FEWEST, Judged, bins, judge
from coopex.evaluation.fitting import fit, leave_one_out, written
from coopex.records import Agreement, Document, Party, Visit
from floors import SETS, extract
from samples import TEXT, document, evidence

WRITTEN_FROM = [SETS[name] for name in ("dev/en", "dev/ru", "seeds", "more/en", "more/ru")]
PROVEN = RuleShares({"visit.travel": (45.0, 50), "visit.tour": (5.0, 10)}, mean=0.8)


def visit(**changes: object) -> Visit:
    return document().visits[0].model_copy(update=changes)


def signs(record: Visit | Agreement, whole: Document | None = None) -> dict[str, float]:
    return signs_of(record, whole or document(), PROVEN)


# --- signs -------------------------------------------------------------------------------------


def test_a_rule_seen_seldom_is_held_to_be_as_good_as_the_rest() -> None:
    assert PROVEN.share("visit.unknown") == pytest.approx(0.8)
    assert PROVEN.share("visit.travel") == pytest.approx((45 + PRIOR * 0.8) / (50 + PRIOR))


def test_the_least_proven_rule_counts() -> None:
    both = signs(visit(rules=("visit.travel", "visit.tour")))
    assert both["rules"] == signs(visit(rules=("visit.tour",)))["rules"] < signs(visit())["rules"]


def test_names_from_other_sentences_are_far() -> None:
    assert signs(visit())["far_names"] == 0
    near = visit(evidence=(evidence("Ivanov visited"),))
    assert signs(near)["far_names"] == 0.5  # "Harbin" stands outside


def test_a_visit_without_a_host_tells_it_and_an_agreement_has_none_to_lack() -> None:
    host = Party(name="Ivanov", text="Ivanov", kind="person", evidence=evidence("Ivanov"))
    assert (signs(visit())["no_host"], signs(visit(hosts=(host,)))["no_host"]) == (1, 0)
    assert signs(document().agreements[0])["no_host"] == 0


def test_one_of_two_visits() -> None:
    two = document().model_copy(update={"visits": (visit(), visit(id="other"))})
    assert (signs(visit())["siblings"], signs(two.visits[0], two)["siblings"]) == (0, 1)


# --- the model ---------------------------------------------------------------------------------


def test_nothing_is_certain() -> None:
    assert Weights(50.0, {}).share({}) == MOST
    assert Weights(-50.0, {}).share({}) == LEAST
    assert Weights(0.0, {"far_names": -2.0}).share({"far_names": 0.5}) == pytest.approx(0.269, abs=0.001)


def test_records_without_a_model_are_even_odds() -> None:
    empty = Model(rules={}, weights={}, correction={})
    rated = empty.rated(document())
    assert [rated.visits[0].confidence, rated.agreements[0].confidence, rated.technologies[0].confidence] == [0.5] * 3


def test_the_fitted_model_has_few_weights() -> None:
    model = fitted()
    for family, names in SIGNS.items():
        assert set(model.weights[family].signs) == {"rules", *names}
        assert len(model.weights[family].signs) < 10


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


def test_an_extractor_may_leave_records_out() -> None:
    text = "Rector Ivanov visited Harbin on 21 August 2018."
    (all_of_it,) = Extractor().extract(text).visits
    assert Extractor(min_confidence=all_of_it.confidence).extract(text).visits == (all_of_it,)
    assert Extractor(min_confidence=1.0).extract(text).record_count == 0


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


# --- fitting -----------------------------------------------------------------------------------


def _examples(number: int) -> list[Judged]:
    """Make visits of which those with far names are half right, the others wholly."""
    found = []
    for i in range(number):
        far = i % 2 == 0
        record = visit(id=f"v{i}", evidence=(evidence("Ivanov visited") if far else evidence(TEXT.strip()),))
        whole = document(f"text-{i // 2}").model_copy(update={"visits": (record,)})
        found.append(Judged(whole, record, 0.5 if far else 1.0))
    return found


def test_fitting_finds_what_tells_right_from_wrong() -> None:
    model = model_of(fit(_examples(60), correction={}))
    far, near = (model.confidence(each.record, each.document) for each in _examples(2))
    assert far == pytest.approx(0.5, abs=0.1)
    assert near == pytest.approx(1.0, abs=0.1)


def test_the_order_of_the_examples_changes_nothing() -> None:
    examples = _examples(20)
    shuffled = random.Random(0).sample(examples, len(examples))
    assert written(fit(shuffled)) == written(fit(examples))


def test_a_single_record_can_be_fitted() -> None:
    assert set(fit(_examples(1))["models"]) == {"events"}


# --- on the gold that rules are written from ---------------------------------------------------


@cache
def judged() -> tuple[Judged, ...]:
    documents = [extract(name, path.parent) for name, path in gold_files(WRITTEN_FROM).items()]
    return tuple(judge(documents, load_gold(WRITTEN_FROM)))


def test_confidence_from_the_other_texts_is_what_is_right() -> None:
    found = bins((confidence, each.right) for each, confidence in leave_one_out(judged()))
    assert len(found) >= 2
    assert all(each.records >= FEWEST for each in found)
    assert [each for each in found if not each.is_close] == []


def test_confidence_as_given_is_what_is_right() -> None:
    found = bins((each.record.confidence, each.right) for each in judged())
    assert [each for each in found if not each.is_close] == []


def test_confidence_tells_records_apart() -> None:
    events = [each for each in judged() if isinstance(each.record, Visit | Agreement)]
    events.sort(key=lambda each: each.record.confidence)
    third = len(events) // 3
    least, most = events[:third], events[-third:]
    assert sum(each.right for each in most) / third > sum(each.right for each in least) / third + 0.05
    assert most[-1].record.confidence - least[0].record.confidence > 0.2
