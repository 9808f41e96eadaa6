"""Candidates, recall first: every instrument noun is a mention of an agreement, whatever the verb around it.

A signing verb without a noun ("they signed with Oulu", "put pen to paper") is one as well. What rules say at a mention
(parties, signatories, status) is noted with it; whether it is an agreement at all is decided later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from coopex.dates import DateMention
from coopex.events.actors import actors_in
from coopex.events.agreements.nouns import instrument_nouns, is_definite_noun, kind_nearby, kind_of, nouns_of
from coopex.events.agreements.types import AgreementMention, StatusCue, ToldParty
from coopex.matching.engine import Match, SlotMatch, form_of
from coopex.matching.lexicon import in_class, roles
from coopex.matching.linear import LINEAR_ROLES
from coopex.matching.lists import fellows, pair_before, parties_between
from coopex.matching.paths import walk
from coopex.matching.phrases import read_phrase
from coopex.matching.status import read_status
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.reading import Actor, Reading, body_parts
from coopex.resolve.when import any_date, date_of, is_validity

_STRONGEST = ("signing", "signatures", "renewal", "ending", "preparation", "negotiation", "naming")
_SIGNED_BY = {"signing", "signatures"}
_PARTY_SLOTS = ("parties", "partners", "signatories")
_KINDS = frozenset({"person", "organization", "place", "group"})

Key = tuple[int, int]


def find_agreement_mentions(reading: Reading) -> list[AgreementMention]:
    """Return every mention of an instrument in the order of the text, with what rules say there.

    "A protocol awaits signature. It was drafted by Oulu and Porto." → one mention, "protocol"
    """
    by_noun, others = _matches_by_noun(reading)
    triggers = _triggers(reading)
    found = [
        _read(reading, part, noun, by_noun.get((part.index, noun.i), ()), triggers)
        for part in body_parts(reading.parts)
        for noun in _with_nouns_of_rules(part, by_noun)
    ]
    taken = {(m.part.index, match.trigger.i) for m in found for match in m.matches}
    for match in others:
        if (match.part.index, match.trigger.i) not in taken:
            taken.add((match.part.index, match.trigger.i))
            found.append(_read(reading, match.part, match.trigger, (match,), triggers))
    return sorted(found, key=lambda mention: mention.offset)


def _with_nouns_of_rules(part: Part, by_noun: dict[Key, list[Match]]) -> list[Token]:
    """Return the instrument nouns of a part, those that only a rule found included."""
    every = {noun.i for noun in instrument_nouns(part)} | {i for index, i in by_noun if index == part.index}
    return [part.doc[i] for i in sorted(every)]


def _matches_by_noun(reading: Reading) -> tuple[dict[Key, list[Match]], list[Match]]:
    """Return the matches of rules for agreements by the noun they speak of, and those that speak of none."""
    by_noun: dict[Key, list[Match]] = defaultdict(list)
    others: list[Match] = []
    for match in [*reading.matches, *reading.partial_matches]:
        if match.rule.record != "agreement":
            continue
        nouns = nouns_of(match)
        for noun in nouns:
            by_noun[match.part.index, noun.i].append(match)
        if not nouns and _signs_without_noun(match):
            others.append(match)
    return by_noun, others


def _signs_without_noun(match: Match) -> bool:
    """Return whether a rule tells of a signing without an instrument noun: "put pen to paper", "signed with Oulu"."""
    if match.slot("instrument"):
        return False
    verb = in_class(match.trigger.lemma_, "signing_verbs", match.part.language)
    return match.rule.frame == "signatures" or (match.rule.frame == "signing" and verb)


def _triggers(reading: Reading) -> dict[Key, list[Token]]:
    """Return the triggers of all rules by the sentence they stand in."""
    found: dict[Key, list[Token]] = defaultdict(list)
    for match in reading.matches:
        found[reading.sentence(match.trigger, match.part)].append(match.trigger)
    return found


def _read(
    reading: Reading, part: Part, head: Token, matches: Iterable[Match], triggers: dict[Key, list[Token]]
) -> AgreementMention:
    ordered = tuple(sorted(matches, key=lambda match: (bool(match.lacking), _STRONGEST.index(match.rule.frame))))
    has_noun = head.pos_ in {"NOUN", "PROPN"}
    trigger = ordered[0].trigger if ordered else head
    kind = kind_of(part, head) if has_noun else "other"
    cues = tuple(_status_cues(part, head, ordered))
    mention = AgreementMention(
        part=part,
        head=head,
        trigger=trigger,
        kind=kind_nearby(part, head) if kind == "other" and has_noun else kind,
        matches=ordered,
        told=tuple(_told(reading, part, head, ordered)),
        places=tuple(actors_in(reading, [slot for match in ordered for slot in match.slot("places")])),
        status_cues=cues,
        means_both=any(means_both(slot) for match in ordered for slot in party_slots(match)),
        has_noun=has_noun,
        denied=has_noun and not any(_tells_signing(match) for match in ordered) and _is_denied(part, head),
    )
    future = mention.status in {"planned", "proposed"}
    rivals = [token for token in triggers.get(mention.sentence, ()) if token.i not in {head.i, trigger.i}]
    return _dated(reading, mention, future, rivals)


def _tells_signing(match: Match) -> bool:
    """Return whether a rule found all it asks for and does not only name parties: "the accord with Peru"."""
    return not match.lacking and match.rule.frame != "naming"


def _is_denied(part: Part, noun: Token) -> bool:
    """Return whether the signing of what a noun names is denied: "never signed the accord", "signed no contract"."""
    while noun.dep_ == "conj" and noun.head.i != noun.i:
        noun = noun.head
    above = (noun.head, noun.head.head, noun.head.head.head)
    signing = ("signing_verbs", "signings")
    signed = any(in_class(token.lemma_, name, part.language) for token in above for name in signing)
    return signed and read_status(part, noun, "noun").denied


def _dated(reading: Reading, mention: AgreementMention, future: bool, rivals: list[Token]) -> AgreementMention:
    """Return a mention with the date of its clause, else with the only one of its sentence."""
    from dataclasses import replace

    part, head = mention.part, mention.head
    own = (date_of(reading, part, token, future, rivals) for token in (mention.trigger, head))
    date = next((found for found in own if _is_of_signing(part, found, head)), None)
    loose = None if date else any_date(reading, part, mention.trigger, future)
    return replace(mention, date=date, loose_date=loose if _is_of_signing(part, loose, head) else None)


def _is_of_signing(part: Part, found: DateMention | None, head: Token) -> bool:
    return found is not None and not is_validity(part, found, head)


# --- status ------------------------------------------------------------------------------------------------------


def _status_cues(part: Part, head: Token, matches: Iterable[Match]) -> Iterator[StatusCue]:
    """Yield what each rule says of the status; without rules what the clause of the noun says."""
    whole = [match for match in matches if not match.lacking or match.rule.frame != "naming"]
    yield from sorted(map(_status_cue, whole), key=lambda cue: cue.effect == "renewed")
    if not whole:
        status = read_status(part, head, form_of(head))
        is_new = status.effect in {"ended", "cancelled"} or not is_definite_noun(head)
        tells = status.effect not in {None, "ongoing"} and is_new
        yield StatusCue(status.effect if tells else None, part, status.cue if tells else None, bare=not tells)


def _status_cue(match: Match) -> StatusCue:
    """Return what a match says of the status; where the rule alone says it, its trigger is the cue: "expired"."""
    effect = match.status.effect
    if match.rule.status != "signed" and effect in {None, "ongoing"}:
        return StatusCue(match.rule.status, match.part, match.trigger)
    if match.rule.frame == "renewal" and effect is None:
        return StatusCue("renewed", match.part, match.trigger)
    if match.rule.frame == "naming" and effect in {None, "ongoing"}:
        return StatusCue(None, match.part, None, bare=True)  # "the agreement with Peru holds" is no negotiation
    return StatusCue(effect, match.part, match.status.cue, bare=match.form == "noun" and effect is None)


# --- parties and signatories by rules ------------------------------------------------------------------------------


def party_slots(match: Match) -> list[SlotMatch]:
    """Return the slots of a match that name who is bound or signs."""
    partners = [slot for slot in match.slot("partners") if slot.phrase.reference != "pronoun" or slot.path != ">obj"]
    return [*match.slot("parties"), *partners, *match.slot("signatories")]


def means_both(slot: SlotMatch) -> bool:
    """Return whether a phrase speaks of all parties: "the two sides", "they"; not "a contract with him"."""
    if slot.phrase.reference == "pronoun":
        return slot.slot == "parties" and in_class(slot.phrase.head.lemma_, "several", slot.phrase.part.language)
    return slot.phrase.reference == "sides" or any(ref.kind == "sides" for ref in slot.phrase.refs)


def _told(reading: Reading, part: Part, head: Token, matches: Iterable[Match]) -> Iterator[ToldParty]:
    """Yield whom rules name as party or signatory at a noun, each way once."""
    seen: set[tuple[int, str, str]] = set()
    for told in [*_by_matches(reading, head, matches), *_in_phrase(reading, part, head)]:
        key = (told.actor.entity.number, told.slot, told.frame)
        if key not in seen:
            seen.add(key)
            yield told


def _by_matches(reading: Reading, head: Token, matches: Iterable[Match]) -> Iterator[ToldParty]:
    for match in matches:
        slots = party_slots(match)
        for slot in slots:
            way = "by word order" if slot.path in LINEAR_ROLES else "by tree"
            for actor in actors_in(reading, [slot]):
                yield from _of_actor(reading, match.rule.frame, slot.slot, actor, way)
        for actor in _in_row(reading, match, slots, head):
            yield from _of_actor(reading, match.rule.frame, "parties", actor, "in a row")


def _of_actor(reading: Reading, frame: str, slot: str, actor: Actor, way: str) -> Iterator[ToldParty]:
    """Yield an actor as party, or a person as signatory and its bodies as parties."""
    if actor.entity.kind != "person":
        yield ToldParty(actor, slot, frame, actor.how if actor.how in {"implied", "affiliation"} else way)
        return
    if frame == "naming":
        return  # "a contract with the midfielder": work or sport
    if frame in _SIGNED_BY:
        yield ToldParty(actor, "signatories", frame, way)
    for body in reading.bodies_of(actor.entity):
        if body.entity.kind != "person":
            yield ToldParty(body, "parties", frame, "body of a signatory")


def _in_row(reading: Reading, match: Match, slots: Iterable[SlotMatch], head: Token) -> list[Actor]:
    """Return parties that stand in a row with those found, or behind "between", where the parser lost them.

    "A, rector of B, and C, head of D, signed an accord" with A found → C
    """
    part = match.part
    fillers = [filler for slot in slots for filler in slot.fillers if filler.how in {"named", "member"}]
    near = [filler.mention for filler in fillers if filler.mention.part == part.index and not filler.mention.derived]
    rows = [other for mention in near for other in fellows(part, mention)]
    if match.part.sentence(match.trigger) == part.sentence(head):
        rows += parties_between(part, match.trigger)
    known = {(mention.start, mention.end) for mention in near}
    return [Actor(reading.entities.of(m), m) for m in rows if (m.start, m.end) not in known]


def _in_phrase(reading: Reading, part: Part, head: Token) -> Iterator[ToldParty]:
    """Yield parties inside the phrase of a noun: "the agreement between A and B", or behind "between" elsewhere."""
    if head.pos_ not in {"NOUN", "PROPN"}:
        return
    for path in roles()["partner"]["noun"][:1]:
        for token in walk(head, path):
            slot = SlotMatch("partners", path.text, read_phrase(part, token), _KINDS)
            for actor in actors_in(reading, [slot]):
                yield from _of_actor(reading, "naming", "partners", actor, "by tree")
    for mention in (*parties_between(part, head), *pair_before(part, head)):
        yield from _of_actor(reading, "naming", "partners", Actor(reading.entities.of(mention), mention), "between")
