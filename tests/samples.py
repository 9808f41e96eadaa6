"""A small text with the document that a reader would make of it, for tests of what happens to documents."""

from __future__ import annotations

from datetime import date

from coopex.records import (
    Agreement,
    DateRange,
    Document,
    Evidence,
    Party,
    TechnologyArea,
    Visit,
)

TEXT = (
    "Ivanov visited Harbin on 21 August and signed a memorandum on <lasers> & chips with Harbin University.\n"
)


def evidence(words: str) -> Evidence:
    """Find the first place of the words in TEXT."""
    start = TEXT.index(words)
    return Evidence(start=start, end=start + len(words), text=words)


def party(name: str) -> Party:
    """Make a person of a name in TEXT."""
    return Party(name=name, text=name, kind="person", evidence=evidence(name))


def document(doc_id: str = "sample") -> Document:
    """Give the document of TEXT: one visit, one memorandum, one area."""
    day = DateRange(
        start=date(2018, 8, 21),
        end=date(2018, 8, 21),
        precision="day",
        text="21 August",
        origin="stated",
        evidence=evidence("21 August"),
    )
    harbin = Party(name="Harbin", text="Harbin", kind="place", country="CN", evidence=evidence("Harbin"))
    university = Party(
        name="Harbin University",
        text="Harbin University",
        kind="organization",
        evidence=evidence("Harbin University"),
    )
    return Document(
        doc_id=doc_id,
        language="en",
        title="=Ivanov in Harbin",
        published=date(2018, 8, 22),
        visits=(
            Visit(
                id=f"{doc_id}-v1",
                status="occurred",
                visitors=(party("Ivanov"),),
                places=(harbin,),
                date=day,
                technologies=("lasers",),
                evidence=(evidence(TEXT.strip()),),
                confidence=0.9,
                rules=("visit.travel",),
            ),
        ),
        agreements=(
            Agreement(
                id=f"{doc_id}-a1",
                kind="memorandum",
                status="signed",
                parties=(harbin, university),
                date=day,
                technologies=("lasers",),
                status_cue=evidence("signed"),
                evidence=(evidence(TEXT.strip()),),
                confidence=0.8,
                rules=("agreement.sign",),
            ),
        ),
        technologies=(
            TechnologyArea.of("lasers", role="topic", mentions=(evidence("lasers"),), confidence=0.7),
        ),
    )
