"""What a run found, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from coopex.errors import CoopexError
from coopex.records import Document


@dataclass(slots=True)
class Summary:
    """Counts of a run: all texts, those that failed, records by type and status (or role), and records left out."""

    texts: int = 0
    failed: int = 0
    left_out: int = 0
    records: dict[str, Counter[str]] = field(
        default_factory=lambda: {"visits": Counter(), "agreements": Counter(), "technologies": Counter()}
    )

    def count(self, outcome: Document | CoopexError) -> None:
        """Count a text: the records of its document, or its failure."""
        self.texts += 1
        if isinstance(outcome, CoopexError):
            self.failed += 1
            return
        self.records["visits"].update(visit.status for visit in outcome.visits)
        self.records["agreements"].update(agreement.status for agreement in outcome.agreements)
        self.records["technologies"].update(area.role for area in outcome.technologies)

    def choose(self, outcome: Document | CoopexError, min_confidence: float) -> Document | CoopexError:
        """Leave out of a document the records of less confidence, and count them."""
        if isinstance(outcome, CoopexError):
            return outcome
        chosen = outcome.at_least(min_confidence)
        self.left_out += outcome.record_count - chosen.record_count
        return chosen

    def to_dict(self) -> dict[str, object]:
        """The counts as JSON-ready values, in a fixed order."""
        records = {kind: dict(sorted(counter.items())) for kind, counter in self.records.items()}
        return {"texts": self.texts, "failed": self.failed, "records": records, "left_out": self.left_out}
