"""What a run found, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from coopex.export.rendering import Counts


@dataclass(slots=True)
class Summary:
    """Counts of a run: all texts, those that failed, records by type and status (or role), and records left out."""

    texts: int = 0
    failed: int = 0
    left_out: int = 0
    records: dict[str, Counter[str]] = field(
        default_factory=lambda: {"visits": Counter(), "agreements": Counter(), "technologies": Counter()}
    )

    def add(self, counts: Counts, left_out: int = 0) -> None:
        """Count a text that gave a document."""
        self.texts += 1
        self.left_out += left_out
        for kind, found in counts.items():
            self.records[kind].update(found)

    def fail(self) -> None:
        """Count a text that gave none."""
        self.texts += 1
        self.failed += 1

    def to_dict(self) -> dict[str, object]:
        """The counts as JSON-ready values, in a fixed order."""
        records = {kind: dict(sorted(counter.items())) for kind, counter in self.records.items()}
        return {"texts": self.texts, "failed": self.failed, "records": records, "left_out": self.left_out}
