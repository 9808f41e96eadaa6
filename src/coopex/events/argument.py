"""What is weighed for the slots of an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coopex.resolve.reading import Actor


@dataclass(frozen=True, slots=True)
class Argument:
    """An actor that may fill a slot of an event: the probability that it does, and the features it rests on."""

    actor: Actor
    slot: str
    probability: float
    features: Mapping[str, float]
