"""Which date belongs to which trigger: the date in the trigger's own clause, else the only date of the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from coopex.dates import DateMention
from coopex.matching.lexicon import in_class
from coopex.matching.paths import prepositions
from coopex.matching.text import Part
from coopex.resolve.reading import Reading

_OPEN_RULES = ("since", "until", "by", "before")


def date_of(reading: Reading, part: Part, trigger: Token, future: bool, rivals: Iterable[Token]) -> DateMention | None:
    """Give the date of the event at `trigger`, or None.

    `rivals` are the other triggers of the sentence: a date in the clause of a rival is the rival's.
    """
    sentence = trigger.sent
    dates = [
        found for found in _dates_in(reading, part, sentence.start_char, sentence.end_char, future) if _usable(found)
    ]
    others = {token.i for token in rivals if token.i != trigger.i}
    own = [found for found in dates if _heads_clause(part, found, trigger)] or [
        found for found in dates if _owner(part, found, {trigger.i, *others}) == trigger.i
    ]
    if own:
        return min(own, key=lambda found: abs(_token(part, found).i - trigger.i))
    free = [found for found in dates if _owner(part, found, {trigger.i, *others}) is None]
    return min(free, key=lambda found: abs(_token(part, found).i - trigger.i)) if free else None


def _heads_clause(part: Part, found: DateMention, trigger: Token) -> bool:
    """Tell whether the trigger stands in a relative clause of the date: "August 2013, when Li came"."""
    span = part.doc.char_span(found.start - part.block.start, found.end - part.block.start, alignment_mode="expand")
    return (
        span is not None and trigger.dep_ in {"acl:relcl", "acl", "advcl"} and span.start <= trigger.head.i < span.end
    )


def any_date(reading: Reading, part: Part, trigger: Token, future: bool) -> DateMention | None:
    """Give the only date of the sentence, whoever owns it."""
    sentence = trigger.sent
    dates = [
        found for found in _dates_in(reading, part, sentence.start_char, sentence.end_char, future) if _usable(found)
    ]
    return dates[0] if len(dates) == 1 else None


def event_date(reading: Reading, part: Part, trigger: Token) -> DateMention | None:
    """Give the date of the fair or forum told of in the sentence before.

    "In October we host a fair. Come to this fair!".
    """
    if trigger.sent.start == 0:
        return None
    before = part.doc[trigger.sent.start - 1].sent
    if not any(in_class(token.lemma_, "events", part.language) for token in before):
        return None
    dates = [found for found in _dates_in(reading, part, before.start_char, before.end_char, True) if _usable(found)]
    return dates[0] if len(dates) == 1 else None


def _dates_in(reading: Reading, part: Part, start: int, end: int, future: bool) -> list[DateMention]:
    base = part.block.start
    found = reading.future_dates if future else reading.past_dates
    span = reading.metadata.dateline_span
    return [
        mention
        for mention in _joined(found)
        if base + start <= mention.start < base + end and not (span and span[0] <= mention.start < span[1])
    ]


def is_validity(part: Part, found: DateMention, head: Token) -> bool:
    """Tell whether a date says how long an instrument holds: "a roadmap for 2023–2025"."""
    token = _token(part, found)
    for step in [token, *token.ancestors]:
        if step.i == head.i:
            return False
        if step.dep_ in {"nmod", "obl"} and set(prepositions(step)) & {"for", "на", "until", "до", "through"}:
            return head in step.ancestors or found.precision in {"year", "range"}
    return False


def _joined(found: list[DateMention]) -> list[DateMention]:
    """Join "from Sunday" and "until yesterday" to one range."""
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.rule.endswith(":since")
            and mention.rule.endswith(":until")
            and mention.start - last.end < 12
            and last.first
            and mention.last
            and last.first <= mention.last
        ):
            joined[-1] = replace(
                last,
                end=mention.end,
                text=last.text + " … " + mention.text,
                last=mention.last,
                precision="range",
                rule="since-until-joined",
            )
        else:
            joined.append(mention)
    return joined


def _usable(found: DateMention) -> bool:
    return found.first is not None and not any(found.rule.endswith(f":{word}") for word in _OPEN_RULES)


def _token(part: Part, found: DateMention) -> Token:
    span = part.doc.char_span(found.start - part.block.start, found.end - part.block.start, alignment_mode="expand")
    return span.root if span is not None else part.doc[0]


def _owner(part: Part, found: DateMention, triggers: set[int]) -> int | None:
    """Give the trigger whose clause the date stands in, or None when the date hangs on a word above all triggers."""
    token = _token(part, found)
    for ancestor in [token, *token.ancestors]:
        if ancestor.i in triggers:
            return ancestor.i
        if ancestor.pos_ == "VERB" or ancestor.head.i == ancestor.i:
            carried = _carried(ancestor, triggers)
            if carried is not None or ancestor.dep_ not in {"acl", "amod", "acl:relcl"}:
                return carried
    return None


def _carried(verb: Token, triggers: set[int]) -> int | None:
    """Give the trigger that a verb carries as subject, object or complement: "the visit took place on …"."""
    queue = [verb]
    while queue:
        token = queue.pop(0)
        for child in token.children:
            if child.i in triggers:
                return int(child.i)
            if child.dep_ in {
                "nsubj",
                "nsubj:pass",
                "obj",
                "obl",
                "xcomp",
                "ccomp",
                "nmod",
                "conj",
            } and child.pos_ in {"NOUN", "PROPN", "VERB"}:
                queue.append(child)
    return None
