"""How much of a record is likely to be right: a share between 0 and 1, from a few signs that can be told.

A visit read by well-proven rules from a short sentence, with all its names in it, gets about 0.9; one whose names
stand in other sentences, in a text that tells of several visits, 0.5. What confidence means, and how the weights in
`rules/confidence.json` were fitted, is told in `docs/confidence.md`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import srsly

from coopex.records import Agreement, Document, Evidence, Party, TechnologyArea, Visit

Record = Visit | Agreement | TechnologyArea
Family = Literal["events", "areas"]
Signs = Mapping[str, float]

LEAST, MOST = 0.02, 0.98
"""Nothing is certain: the smallest and the greatest confidence given."""

PRIOR = 10
"""Weight of the mean in the share of a rule: most rules were seen in fewer than ten records of the gold."""


@dataclass(frozen=True, slots=True)
class RuleShares:
    """How records of each rule fared on gold: the shares of them that were right, added up, and their number.

    A rule seen seldom is held to be as good as the rest: it counts `PRIOR` records with the `mean` share.
    """

    counts: Mapping[str, tuple[float, int]]
    mean: float

    def share(self, rule: str) -> float:
        """Share of records of a rule that is right, between `LEAST` and `MOST`."""
        right, seen = self.counts.get(rule, (0.0, 0))
        return min(max((right + PRIOR * self.mean) / (seen + PRIOR), LEAST), MOST)


# --- signs -------------------------------------------------------------------------------------


def family_of(record: Record) -> Family:
    """Name the model that rates a record: visits and agreements share one."""
    return "areas" if isinstance(record, TechnologyArea) else "events"


def rules_of(record: Record) -> tuple[str, ...]:
    """Name the rules that a record was read by; those of areas are their roles: "technology.topic"."""
    return (f"technology.{record.role}",) if isinstance(record, TechnologyArea) else record.rules


def signs_of(record: Record, document: Document, proven: RuleShares) -> dict[str, float]:
    """Give the value of every sign of a record, by name: {"rules": 2.1, "far_names": 0.25, …}."""
    weakest = min(proven.share(rule) for rule in rules_of(record))
    return {"rules": log_odds(weakest)} | {
        name: sign(record, document) for name, sign in SIGNS[family_of(record)].items()
    }


def log_odds(share: float) -> float:
    """The logarithm of the odds of a share: 0.5 → 0, 0.9 → 2.2."""
    return math.log(share / (1 - share))


def _far_names(record: Any, document: Document) -> float:
    """Share of the names that were brought in from outside the sentences that tell of the event."""
    names = _parties(record)
    return sum(not _inside(party.evidence, record.evidence) for party in names) / len(names) if names else 1.0


def _siblings(record: Any, document: Document) -> float:
    """How many records of its kind the text gives, as a logarithm: the only one → 0, one of two → 1, of four → 2."""
    return math.log2(len(document.visits if isinstance(record, Visit) else document.agreements))


def _long_sentence(record: Any, document: Document) -> float:
    """Words of the longest sentence that tells of the event, as a logarithm: 16 words → 4, 32 words → 5."""
    return math.log2(max(len(piece.text.split()) for piece in record.evidence))


def _no_host(record: Any, document: Document) -> float:
    return float(isinstance(record, Visit) and not record.hosts)


def _agreement(record: Any, document: Document) -> float:
    return float(isinstance(record, Agreement))


def _other_words(record: Any, document: Document) -> float:
    """In how many different words the text names the area, as a logarithm: one → 0, two → 1, four → 2."""
    return math.log2(len({mention.text.lower() for mention in record.mentions}))


def _one_word(record: Any, document: Document) -> float:
    """Whether the area is only ever named by a single word: "energy", not "solar energy"."""
    return float(not any(" " in mention.text for mention in record.mentions))


SIGNS: Mapping[Family, Mapping[str, Callable[[Any, Document], float]]] = {
    "events": {
        "far_names": _far_names,
        "siblings": _siblings,
        "long_sentence": _long_sentence,
        "no_host": _no_host,
        "agreement": _agreement,
    },
    "areas": {"other_words": _other_words, "one_word": _one_word},
}
"""The signs of each model, beside "rules": how well the least proven rule of a record has fared."""


def _parties(record: Visit | Agreement) -> tuple[Party, ...]:
    if isinstance(record, Visit):
        return (*record.visitors, *record.leaders, *record.hosts, *record.places)
    return (*record.parties, *record.signatories)


def _inside(piece: Evidence, sentences: Sequence[Evidence]) -> bool:
    return any(sentence.start <= piece.start < sentence.end for sentence in sentences)


# --- the model ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: the base and the weight of each sign, in log-odds."""

    base: float
    signs: Mapping[str, float]

    def share(self, signs: Signs, correction: float = 0.0) -> float:
        """The share that is likely to be right."""
        odds = self.base + correction + sum(weight * signs[name] for name, weight in self.signs.items())
        return min(max(1 / (1 + math.exp(-odds)), LEAST), MOST)


@dataclass(frozen=True, slots=True)
class Model:
    """What `rules/confidence.json` holds: for each family, how its rules fared and the weights of its signs.

    `correction` is added to the log-odds, for texts that no rule was written from; see `docs/confidence.md`.
    """

    rules: Mapping[Family, RuleShares]
    weights: Mapping[Family, Weights]
    correction: Mapping[Family, float]

    def confidence(self, record: Record, document: Document) -> float:
        """Rate one record of a document."""
        family = family_of(record)
        if family not in self.weights:
            return 0.5
        signs = signs_of(record, document, self.rules[family])
        return round(self.weights[family].share(signs, self.correction.get(family, 0.0)), 3)

    def rated(self, document: Document) -> Document:
        """Give the document with the confidence of every record worked out."""

        def rate(records: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(
                record.model_copy(update={"confidence": self.confidence(record, document)}) for record in records
            )

        kinds = ("visits", "agreements")  # areas come with their probability
        return document.model_copy(update={kind: rate(getattr(document, kind)) for kind in kinds})


def model_of(item: Mapping[str, Any]) -> Model:
    """Read the JSON object of `rules/confidence.json`."""
    families: Mapping[Family, Mapping[str, Any]] = item["models"]
    return Model(
        rules={
            family: RuleShares({rule: (right, seen) for rule, (right, seen) in each["rules"].items()}, each["mean"])
            for family, each in families.items()
        },
        weights={family: Weights(each["base"], each["weights"]) for family, each in families.items()},
        correction={family: each["correction"] for family, each in families.items()},
    )


@lru_cache(maxsize=1)
def fitted() -> Model:
    """The model that coopex comes with."""
    return model_of(srsly.json_loads(files("coopex.rules").joinpath("confidence.json").read_text("utf-8")))
