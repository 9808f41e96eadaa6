"""Which date belongs to which trigger.

A date belongs to the trigger in whose clause it stands; one that hangs on a clause without a trigger is free for the
trigger nearest by. A date of something else belongs to none: of a report ("in a statement of May 15"), of an act of
speech ("announced on Friday that …"), of history ("founded in 1952"), of how long an instrument holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from coopex.dates import DateMention
from coopex.matching.lexicon import in_class
from coopex.matching.paths import prepositions
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.reading import Reading

_OPEN_RULES = ("since", "until", "by", "before")
_NOUN_CLAUSES = {"acl", "acl:relcl", "amod"}
_COARSE = {"year", "season"}
# Days beyond which a free date is history rather than the day of an event: "was founded in the 1990s and visited".
_LONGEST_FREE = 62
_RECENT = timedelta(days=31)
# Clocks differ, and pages carry the date of the day before or after.
_A_DAY = timedelta(days=1)


def date_of(reading: Reading, part: Part, trigger: Token, future: bool, rivals: Iterable[Token]) -> DateMention | None:
    """Give the date of the event at `trigger`, or None.

    `rivals` are the other triggers of the sentence: a date in the clause of a rival is the rival's.
    """
    if is_force(part, trigger):
        return None
    dates = _likely(reading, trigger, sentence_dates(reading, part, trigger, future), future)
    triggers = {trigger.i, *(token.i for token in rivals)}
    own = [found for found in dates if _heads_clause(part, found, trigger)] or [
        found for found in dates if owner(part, found, triggers) == trigger.i
    ]
    direct = [found for found in own if trigger in [*date_token(part, found).ancestors, date_token(part, found)]]
    if own:
        return _closest(part, direct or own, trigger)
    free = [found for found in dates if _is_free(reading, found, owner(part, found, triggers))]
    behind = [found for found in dates if _is_behind(part, found, trigger)]
    return _closest(part, behind or free, trigger) if behind or free else None


def _likely(reading: Reading, trigger: Token, dates: list[DateMention], future: bool) -> list[DateMention]:
    """Leave out days on the wrong side of publication: "visited the city of the fair to be held on 1–4 June"."""
    today = reading.published
    if today is None:
        return dates
    if future:
        return [found for found in dates if found.last and found.last >= today - _A_DAY] or dates
    if "Past" not in trigger.morph.get("Tense", []):
        return dates
    return [found for found in dates if found.first and found.first <= today + _A_DAY]


def _is_behind(part: Part, found: DateMention, trigger: Token) -> bool:
    """Tell whether a date follows a noun that hangs on another trigger: "agreed during his visit to Seoul in April"."""
    if trigger.pos_ != "NOUN" or trigger.dep_ not in {"obl", "nmod"}:
        return False
    span = part.doc.char_span(found.start - part.block.start, found.end - part.block.start, alignment_mode="expand")
    before = span.start - 1 if span is not None else -1
    if before >= 0 and part.doc[before].pos_ == "ADP":
        before -= 1
    return before >= trigger.i and before in {token.i for token in trigger.subtree}


def any_date(reading: Reading, part: Part, trigger: Token, future: bool) -> DateMention | None:
    """Give the only date of the sentence, unless it is the date of something else."""
    dates = _likely(reading, trigger, sentence_dates(reading, part, trigger, future), future)
    if len(dates) != 1:
        return None
    whose = owner(part, dates[0], {trigger.i})
    return dates[0] if whose >= FREE or _is_free(reading, dates[0], whose) else None


def event_date(reading: Reading, part: Part, trigger: Token) -> DateMention | None:
    """Give the date of the fair or forum told of in the sentence before.

    "In October we host a fair. Come to this fair!".
    """
    if part.sentence(trigger).start == 0:
        return None
    before = part.sentence_at(part.sentence(trigger).start - 1)
    if not any(in_class(token.lemma_, "events", part.language) for token in before):
        return None
    dates = [found for found in _dates_in(reading, part, before.start_char, before.end_char, True) if is_usable(found)]
    return dates[0] if len(dates) == 1 else None


# Whose a date is, when no trigger's: nobody's, that of the past, that of a report or of an instrument's validity.
FREE, HISTORY, FOREIGN = -1, -2, -3


def owner(part: Part, found: DateMention, triggers: set[int]) -> int:
    """Give the trigger whose clause a date stands in; FREE, HISTORY or FOREIGN when of none."""
    return _owner_above(part, date_token(part, found), triggers)


def _owner_above(part: Part, token: Token, triggers: set[int]) -> int:
    """Climb from a token to the first trigger, or to a verb that decides."""
    for step in [token, *token.ancestors]:
        if step.i in triggers:
            return step.i
        if _is_report(part, step):
            return FOREIGN
        if step.pos_ in {"VERB", "AUX"} or step.head.i == step.i:
            return _owner_at_verb(part, step, triggers)
    return FREE


def _owner_at_verb(part: Part, verb: Token, triggers: set[int]) -> int:
    """Tell whose the dates of a verb without a trigger are: "the visit took place on …", "founded in …"."""
    if is_force(part, verb):
        return FOREIGN
    reports = in_class(verb.lemma_, "speech", part.language) and _reports(verb)
    carried = None if reports else _carried(verb, triggers)
    if carried is not None:
        return carried
    if reports:
        return FOREIGN
    if verb.dep_ in _NOUN_CLAUSES:
        if _is_report(part, verb.head):
            return FOREIGN
        return _owner_above(part, verb.head, triggers) if _of_occasion(part, verb, triggers) else HISTORY
    return HISTORY if verb.dep_ == "advcl" and _is_past_participle(verb) else FREE


def _is_past_participle(verb: Token) -> bool:
    """ "Founded in 1952, the university …" → True."""
    return "Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", [])


def _of_occasion(part: Part, verb: Token, triggers: set[int]) -> bool:
    """Tell whether a clause on a noun dates the event: "the talks held on …", "a visit to Rome, planned for …".

    "A plant that was built in 1960" does not.
    """
    noun = verb.head
    return (
        noun.i in triggers
        or any(in_class(noun.lemma_, name, part.language) for name in ("occasions", "events"))
        or any(in_class(verb.lemma_, name, part.language) for name in ("endings", "holding"))
    )


def _is_report(part: Part, token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and in_class(token.lemma_, "releases", part.language)


def _reports(verb: Token) -> bool:
    """Tell whether a verb of speech goes with what is said: "announced on Friday that …", "…, he said on Friday"."""
    below = {child.dep_ for child in verb.children}
    aside = verb.dep_ == "parataxis" or (verb.dep_ == "conj" and "nsubj" in below) or verb.dep_ in _NOUN_CLAUSES
    return aside or bool(below & {"ccomp", "parataxis"})


def is_force(part: Part, verb: Token) -> bool:
    """Tell whether a verb says how long an instrument holds: "entered into force", «действует до»."""
    return in_class(verb.lemma_, "validity", part.language) or any(
        in_class(child.lemma_, "force", part.language) for child in verb.children if child.dep_ in {"obl", "obj"}
    )


def _is_free(reading: Reading, found: DateMention, whose: int) -> bool:
    """Tell whether a trigger may take a date of another clause; a day of the last weeks is no history."""
    if whose == HISTORY:
        recent = reading.published and found.first and abs(reading.published - found.first) <= _RECENT
        return bool(recent) and found.precision == "day"
    return whose == FREE and not _is_coarse(found)


def _is_coarse(found: DateMention) -> bool:
    if found.precision in _COARSE or found.first is None or found.last is None:
        return True
    return (found.last - found.first).days > _LONGEST_FREE


def _closest(part: Part, dates: list[DateMention], trigger: Token) -> DateMention:
    return min(dates, key=lambda found: abs(date_token(part, found).i - trigger.i))


def _heads_clause(part: Part, found: DateMention, trigger: Token) -> bool:
    """Tell whether the trigger stands in a relative clause of the date: "August 2013, when Li came"."""
    span = part.doc.char_span(found.start - part.block.start, found.end - part.block.start, alignment_mode="expand")
    return (
        span is not None and trigger.dep_ in {"acl:relcl", "acl", "advcl"} and span.start <= trigger.head.i < span.end
    )


def sentence_dates(reading: Reading, part: Part, token: Token, future: bool) -> list[DateMention]:
    """Return the dates of the sentence of a word, without mere limits: "since 2011"."""
    found = _dates_in(reading, part, part.sentence(token).start_char, part.sentence(token).end_char, future)
    return [mention for mention in found if is_usable(mention)]


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
    token = date_token(part, found)
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


def is_usable(found: DateMention) -> bool:
    """Tell whether a date is known and no mere limit ("since 2011")."""
    return found.first is not None and not any(found.rule.endswith(f":{word}") for word in _OPEN_RULES)


def date_token(part: Part, found: DateMention) -> Token:
    """Give the syntactic head of the words of a date."""
    span = part.doc.char_span(found.start - part.block.start, found.end - part.block.start, alignment_mode="expand")
    return span.root if span is not None else part.doc[0]


def verb_of(part: Part, found: DateMention) -> Token | None:
    """Give the verb in whose clause a date stands: "which ended on Thursday" → ended."""
    token = date_token(part, found)
    return next((step for step in [token, *token.ancestors] if step.pos_ == "VERB"), None)


_CARRYING = {"nsubj", "nsubj:pass", "obj", "obl", "xcomp", "ccomp", "nmod", "conj"}


def _carried(verb: Token, triggers: set[int]) -> int | None:
    """Give the trigger that a verb carries as subject, object or complement: "the visit took place on …"."""
    for token in _carried_words(verb):
        if token.i in triggers:
            return int(token.i)
    return None


def _carried_words(verb: Token) -> Iterator[Token]:
    queue = [verb]
    while queue:
        for child in queue.pop(0).children:
            yield child
            if child.dep_ in _CARRYING and child.pos_ in {"NOUN", "PROPN", "VERB"}:
                queue.append(child)
