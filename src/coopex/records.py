"""What coopex writes: typed, frozen records whose values all keep the place in the text they were read from.

A `Document` is one text. It holds `Visit`, `Agreement` and `TechnologyArea` records, the list of named
`Entity`s, and what was read of the page itself. Collections are tuples, so a record cannot change after it
was built; in JSON they are arrays. Unknown fields, dates that end before they start, and technology ids
outside the taxonomy are errors.

Offsets are code points into the decoded text of the file, the end excluded:
`text[evidence.start:evidence.end]` is `evidence.text`. `Document.check` verifies that for a whole document.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

if TYPE_CHECKING:
    from pandas import DataFrame

    from coopex.export.rows import RecordKind, Row

Language = Literal["en", "ru"]
BlockName = Literal["title", "body", "boilerplate", "credit"]
PartyKind = Literal["person", "organization", "place", "group"]
Precision = Literal["day", "week", "part_of_month", "month", "season", "year", "range"]
Origin = Literal["stated", "relative"]
VisitStatus = Literal["occurred", "ongoing", "planned", "proposed", "cancelled"]
AgreementStatus = Literal["signed", "planned", "proposed", "ended"]
AgreementKind = Literal[
    "memorandum", "agreement", "contract", "protocol", "declaration", "roadmap", "letter_of_intent", "other"
]
TechnologyRole = Literal["topic", "showcased", "priority", "activity"]


@dataclass(frozen=True, slots=True)
class Area:
    """One row of the taxonomy: the id that records carry, its field, and its name in both languages."""

    id: str
    field: str
    label_en: str
    label_ru: str


def _read_taxonomy() -> Mapping[str, Area]:
    lines = files("coopex").joinpath("technology", "taxonomy.csv").read_text("utf-8").splitlines()
    return MappingProxyType({row["id"]: Area(**row) for row in csv.DictReader(lines)})


TAXONOMY: Mapping[str, Area] = _read_taxonomy()
"""Every technology area by its id, in the order of `technology/taxonomy.csv`."""


def _known_area(area_id: str) -> str:
    if area_id not in TAXONOMY:
        raise ValueError(f"unknown technology id {area_id!r}; the known ones are in technology/taxonomy.csv")
    return area_id


AreaId = Annotated[
    str, AfterValidator(_known_area), WithJsonSchema({"type": "string", "enum": list(TAXONOMY)})
]
CountryCode = Annotated[str, Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
Confidence = Annotated[float, Field(ge=0, le=1, description="share of its values that is likely to be right")]
Text = Annotated[str, Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True)


class Evidence(_Model):
    """A piece of the text, word for word: `text[start:end] == evidence.text`."""

    start: NonNegativeInt
    end: NonNegativeInt
    text: Text
    block: BlockName = "body"

    @model_validator(mode="after")
    def _length_fits(self) -> Evidence:
        if self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}:{self.end} is not as long as its text {self.text!r}")
        return self

    def problem(self, text: str) -> str | None:
        """Say how this evidence contradicts `text`, or None when it agrees."""
        if self.end > len(text):
            return f"span {self.start}:{self.end} ends behind the text ({len(text)} characters)"
        found = text[self.start : self.end]
        return None if found == self.text else f"span {self.start}:{self.end} is {found!r}, not {self.text!r}"


class Party(_Model):
    """A person, body, place or group that fills a slot.

    "ректора Иванова" → `Party(name="Иванов", text="Иванова", kind="person", role="ректор", …)`.
    """

    name: Text = Field(description="canonical form in the language of the text, the fullest the text gives")
    text: Text = Field(description="surface form at the evidence")
    kind: PartyKind
    role: str | None = Field(None, description="post or title of a person")
    country: CountryCode | None = None
    aliases: tuple[str, ...] = Field((), description="other forms of the name in the text")
    implied: bool = Field(False, description='given by a post, not named: "Russian energy minister" → the ministry')
    evidence: Evidence


class DateRange(_Model):
    """Days from `start` to `end`, both included; a single day has them equal."""

    start: date
    end: date
    precision: Precision
    text: Text
    origin: Origin = Field(description="stated, or relative: resolved against the date of publication")
    evidence: Evidence

    @model_validator(mode="after")
    def _runs_forward(self) -> DateRange:
        if self.start > self.end:
            raise ValueError(f"date range {self.start} to {self.end} ends before it starts")
        return self


RecordId = Annotated[Text, Field(description="stable: the same input and version give the same id")]
AreaIds = Annotated[tuple[AreaId, ...], Field(description="areas that the record is about")]
StatusCue = Annotated[Evidence | None, Field(description="the words that decided the status")]
Proof = Annotated[tuple[Evidence, ...], Field(min_length=1)]
RuleIds = Annotated[tuple[str, ...], Field(min_length=1, description="rules that contributed")]


class Visit(_Model):
    """One trip: who came, who led, who received them, where, when, what for, and whether it took place."""

    id: RecordId
    status: VisitStatus
    status_cue: StatusCue = None
    visitors: tuple[Party, ...] = ()
    leaders: tuple[Party, ...] = ()
    hosts: tuple[Party, ...] = ()
    places: tuple[Party, ...] = ()
    date: DateRange | None = None
    purpose: str | None = None
    technologies: AreaIds = ()
    evidence: Proof
    confidence: Confidence
    rules: RuleIds


class Agreement(_Model):
    """One instrument of cooperation: its kind, its parties, who signed, when, where, on what."""

    id: RecordId
    kind: AgreementKind
    status: AgreementStatus
    status_cue: StatusCue = None
    parties: tuple[Party, ...] = ()
    signatories: tuple[Party, ...] = ()
    date: DateRange | None = None
    place: Party | None = None
    subject: str | None = None
    purpose: str | None = None
    technologies: AreaIds = ()
    evidence: Proof
    confidence: Confidence
    rules: RuleIds


class TechnologyArea(_Model):
    """An area of the taxonomy that the text presents as a field of cooperation, work or showcase."""

    id: AreaId
    label_en: str
    label_ru: str
    field: str
    role: TechnologyRole
    mentions: Proof
    parties: tuple[Party, ...] = ()
    confidence: Confidence

    @classmethod
    def of(
        cls,
        area_id: str,
        *,
        role: TechnologyRole,
        mentions: tuple[Evidence, ...],
        confidence: float,
        parties: tuple[Party, ...] = (),
    ) -> TechnologyArea:
        """Build the record of a taxonomy id: `of("lasers", …)` fills in its field and both labels."""
        area = TAXONOMY[_known_area(area_id)]
        return cls(
            id=area.id,
            label_en=area.label_en,
            label_ru=area.label_ru,
            field=area.field,
            role=role,
            mentions=mentions,
            parties=parties,
            confidence=confidence,
        )


class Entity(_Model):
    """A named person, body or place of the text with everywhere it is mentioned."""

    name: Text
    kind: PartyKind
    mentions: Proof
    country: CountryCode | None = None
    geonames_id: int | None = None


class Document(_Model):
    """Everything read from one text.

    The text itself is attached by `with_text`, as `Extractor` does, and the notebook view shows it. It is exported,
    as `text`, only where it is to be stored: where no file holds it as it was read.
    """

    doc_id: Text
    path: str | None = None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="of the bytes read")] | None = None
    language: Language | None = None
    title: str | None = None
    published: date | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    metadata_origin: Annotated[
        dict[str, str],
        Field(description="where title, published, source, authors and url were found: text, caller, meta, column, …"),
    ] = {}
    visits: tuple[Visit, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    technologies: tuple[TechnologyArea, ...] = ()
    entities: tuple[Entity, ...] = ()
    warnings: tuple[str, ...] = ()
    stored_text: str | None = Field(
        None, alias="text", description="what the offsets count in, where no file holds it as it was read"
    )
    # The last two: `duplicates.mark` writes them into a line that was made without them.
    duplicate_of: str | None = Field(None, description="doc_id of the earliest text that this one is a copy of")
    similarity: Annotated[float, Field(ge=0, le=1)] | None = Field(
        None, description="share of phrases in common with the text it was linked by; 1 if word for word the same"
    )

    _text: str | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Document:
        ids = [visit.id for visit in self.visits] + [agreement.id for agreement in self.agreements]
        if repeated := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"record ids must differ within a document; repeated: {', '.join(repeated)}")
        return self

    def __eq__(self, other: object) -> bool:
        """Compare what was read; whether the text is attached does not matter."""
        return isinstance(other, Document) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        """Hash by the document id alone, which equal documents share."""
        return hash(self.doc_id)

    @property
    def text(self) -> str | None:
        """The text that the offsets point into, when it is attached."""
        return self._text if self._text is not None else self.stored_text

    def with_text(self, text: str, *, store: bool = False) -> Document:
        """Return this document with its text attached, after `check`; `store` makes it a part of what is exported."""
        self.check(text)
        copy = self.model_copy(update={"stored_text": text} if store else None)
        copy._text = text
        return copy

    def check(self, text: str) -> None:
        """Raise ValueError naming every piece of evidence that is not found in `text` at its offsets."""
        problems = [problem for piece in self.evidence() if (problem := piece.problem(text))]
        if problems:
            raise ValueError(f"{self.doc_id}: evidence does not match the text: " + "; ".join(problems))

    def at_least(self, confidence: float) -> Document:
        """Leave out records of less confidence; the others keep their ids, and entities and text stay.

        >>> document.at_least(0.7).visits
        """
        kinds = ("visits", "agreements", "technologies")
        kept = {kind: tuple(each for each in getattr(self, kind) if each.confidence >= confidence) for kind in kinds}
        return self.model_copy(update=kept)

    @property
    def record_count(self) -> int:
        """How many visits, agreements and technology areas there are."""
        return len(self.visits) + len(self.agreements) + len(self.technologies)

    def evidence(self) -> Iterator[Evidence]:
        """Yield every piece of evidence in the document, in the order of its fields."""
        yield from _evidence_in(self)

    def to_json(self) -> str:
        """Return the document as one line of JSON, the line that `documents.jsonl` holds."""
        return self.model_dump_json()

    def to_dicts(self, kind: RecordKind = "visits") -> list[Row]:
        """Return one flat row a record of `kind` ("visits", "agreements" or "technologies")."""
        from coopex.export.rows import rows_of

        return list(rows_of(self, kind))

    def to_frame(self, kind: RecordKind = "visits") -> DataFrame:
        """Return `to_dicts(kind)` as a pandas DataFrame; ImportError says how to install pandas."""
        from coopex.export.frame import to_frame

        return to_frame([self], kind)

    def _repr_html_(self) -> str:
        from coopex.notebook import document_html

        return document_html(self)


def _evidence_in(value: object) -> Iterator[Evidence]:
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _evidence_in(item)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _evidence_in(getattr(value, name))


SCHEMA: Mapping[str, Any] = MappingProxyType(Document.model_json_schema())
"""JSON Schema (2020-12) of one line of `documents.jsonl`."""
