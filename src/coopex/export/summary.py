"""What a run found, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from coopex.records import Document


@dataclass(slots=True)
class Summary:
    """Counts of a run: texts read, texts that failed, and records by type and status (or role)."""

    texts: int = 0
    failed: int = 0
    records: dict[str, Counter[str]] = field(
        default_factory=lambda: {"visits": Counter(), "agreements": Counter(), "technologies": Counter()}
    )

    def add(self, document: Document) -> None:
        """Count a document and its records."""
        self.texts += 1
        self.records["visits"].update(visit.status for visit in document.visits)
        self.records["agreements"].update(agreement.status for agreement in document.agreements)
        self.records["technologies"].update(area.role for area in document.technologies)

    def to_dict(self) -> dict[str, object]:
        """The counts as JSON-ready values, in a fixed order."""
        records = {kind: dict(sorted(counter.items())) for kind, counter in self.records.items()}
        return {"texts": self.texts, "failed": self.failed, "records": records}
