"""All figures of documents against gold: overall, by slot, by language, by rule, and by confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from coopex.errors import ReadError
from coopex.evaluation.calibration import Bin, bins, rated
from coopex.evaluation.gold import Found, Gold, Json, found_of
from coopex.evaluation.scores import Scores, score, score_by_language
from coopex.records import Document


@dataclass(frozen=True)
class Evaluation:
    """Documents, as plain objects, and their gold, both by document id; figures are worked out when asked for."""

    documents: Mapping[str, Json]
    golds: Mapping[str, Gold]

    @cached_property
    def found(self) -> dict[str, Found]:
        """The documents as they are compared."""
        return {name: found_of(document) for name, document in self.documents.items()}

    @cached_property
    def overall(self) -> Scores:
        """Figures over all texts."""
        return score(self.found, self.golds)

    @cached_property
    def by_language(self) -> dict[str, Scores]:
        """Figures over the texts of each language."""
        return score_by_language(self.found, self.golds)

    @cached_property
    def calibration(self) -> list[Bin]:
        """How much is right at which confidence."""
        return bins(rated(self.documents, self.golds))

    def records_as_documents(self) -> list[Document]:
        """Read the plain objects as documents, which takes all their fields; raises `ReadError`."""
        try:
            return [Document.model_validate(document) for document in self.documents.values()]
        except ValidationError as error:
            cause = " ".join(str(error).split())
            raise ReadError(file="predictions", cause=cause, remedy="Extract them with this version.") from error

    def to_dict(self) -> dict[str, Any]:
        """All figures as JSON-ready values."""
        return self.overall.to_dict() | {
            "by_language": {language: scores.to_dict() for language, scores in self.by_language.items()},
            "by_rule": {rule: seen.to_dict() for rule, seen in sorted(self.overall.rules.items())},
            "calibration": [each.to_dict() for each in self.calibration],
        }


def evaluate(documents: Mapping[str, Json], golds: Mapping[str, Gold]) -> Evaluation:
    """Hold documents, as `load_documents` reads them, against gold."""
    return Evaluation(documents, golds)
