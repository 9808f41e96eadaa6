"""Right, spurious and missed fillers, and the shares made of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many fillers were right, spurious (found, not in the gold) and missed (in the gold, not found)."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        found = self.right + self.spurious
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is to be found that was found; 1 when there is nothing to find."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def to_dict(self) -> dict[str, float]:
        """The figures, shares rounded to four places."""
        shares = {"p": self.precision, "r": self.recall, "f1": self.f1}
        counts = {"tp": self.right, "fp": self.spurious, "fn": self.missed}
        return {key: round(share, 4) for key, share in shares.items()} | counts
