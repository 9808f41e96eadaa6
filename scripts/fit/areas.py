"""Stages of fitting for technology areas: whether a text presents an area it names, and whether an agreement is on it.

Besides the gold they are fitted to the passages of `tests/data/technology_*.yaml`, which tell in two sentences of areas
presented, of words in passing and of agreements; those that are `held` are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import srsly
from agreements import events_of, nearest_gold
from corpus import ROOT, GoldText
from logistic import Example, best_f1
from stages import Stage
from visits import is_right

from coopex.evaluation.gold import Filler, Gold, GoldTechnology
from coopex.events.agreements.types import AgreementEvent
from coopex.events.areas import weigh_subjects
from coopex.matching.lexicon import LANGUAGES
from coopex.resolve.reading import Reading

PASSAGES = "passages"
PASSAGE_WEIGHT = 0.5  # beside a candidate of a whole text


def read_passages(part: str) -> list[GoldText]:
    """Passages of news with their areas, as texts of gold."""
    return [
        GoldText(PASSAGES, f"{part}-{language}-{number}", case["text"], _gold_of(case, language), case)
        for language in LANGUAGES
        for number, case in enumerate(_cases(part, language))
        if not (case.get("held") or case.get("known"))
    ]


def _cases(part: str, language: str) -> list[dict[str, Any]]:
    groups = srsly.read_yaml(ROOT / "tests" / "data" / f"technology_{language}.yaml")[part]
    return [case for cases in groups.values() for case in cases]


def _gold_of(case: dict[str, Any], language: str) -> Gold:
    return Gold(language, {}, {"visits": (), "agreements": ()}, _areas_of(case.get("ids", "")))


def _areas_of(written: str) -> tuple[GoldTechnology, ...]:
    """ "lasers|photonics space?" → lasers or photonics, and space, which is optional."""
    items = [(item.removesuffix("?").split("|"), item.endswith("?")) for item in written.split()]
    return tuple(GoldTechnology(tuple(ids), optional) for ids, optional in items)


def decision(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every area that a text names; one that is right but not required teaches nothing."""
    for area in [*reading.areas, *reading.rejected_areas]:
        label = is_asked_for(area.id, text.gold.technologies)
        if label is not None:
            yield Example(area.features, label, text, weight_of(text))


def weight_of(text: GoldText) -> float:
    """Weight of a candidate: that of a passage counts less than that of a whole text."""
    return PASSAGE_WEIGHT if text.set == PASSAGES else 1.0


def is_asked_for(area: str, gold: Sequence[GoldTechnology]) -> bool | None:
    """Whether gold asks for an area; None where it is right but not asked for."""
    if any(area in each.ids and not each.optional for each in gold):
        return True
    return None if any(area in each.ids for each in gold) else False


def subjects(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every area that a text names, as a subject of each agreement that gold has."""
    for event in events_of(reading):
        judge = judge_of(text, event)
        for area in weigh_subjects(reading, event) if judge else ():
            label = judge(area.id) if judge else None
            if label is not None:
                yield Example(area.features, label, text, weight_of(text))


def judge_of(text: GoldText, event: AgreementEvent) -> Callable[[str], bool | None] | None:
    """What gold says of an area as a subject of an agreement, or None for an agreement that gold does not have."""
    if text.set == PASSAGES:
        wanted = [ids for kinds, ids in text.raw["instruments"].items() if event.kind in kinds.split("|")]
        return partial(is_asked_for, gold=_areas_of(wanted[0])) if wanted else None
    number = nearest_gold(text, event.candidate)
    if number is None:
        return None
    record = text.gold.records["agreements"][number]
    return lambda area: is_right(Filler((area,)), record, "technologies")


# Probabilities are calibrated, so the even threshold stands: out of fold precision on open news is .65, recall .80.
STAGES = (
    Stage(
        "area.decision",
        decision,
        {"strength": 0.8, "balance": 0.5},
        further_texts=partial(read_passages, "texts"),
    ),
    Stage("agreement.area", subjects, {"strength": 0.3}, best_f1, further_texts=partial(read_passages, "agreements")),
)
