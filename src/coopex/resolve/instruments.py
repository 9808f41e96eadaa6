"""From agreement matches to instruments: kind, status, parties, signatories; mentions of one document merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from coopex.dates import DateMention
from coopex.matching.engine import Match, SlotMatch
from coopex.matching.lexicon import in_class, read_rules_file
from coopex.matching.lists import fellows, parties_between
from coopex.matching.phrases import read_phrase
from coopex.matching.status import is_alleged
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Token
from coopex.resolve.course import signing_dates
from coopex.resolve.reading import Actor, Reading, headline_bodies, is_country
from coopex.resolve.sameness import compare, told_by_headline
from coopex.resolve.sightings import MEETING, actors
from coopex.resolve.trips import MOST_COMPARED, Trip, countries, country
from coopex.resolve.when import any_date, date_of, is_validity


@dataclass(frozen=True, slots=True)
class Telling:
    """What one mention says of the status of a document: an effect, None for a plain signature, and its cue.

    A bare mention ("the agreement with Peru") says nothing beside one that does.
    """

    effect: str | None
    part: Part
    cue: Token | None
    bare: bool = False

    @property
    def status(self) -> str:
        """Status that this mention alone would give."""
        return _STATUS.get(self.effect or "", "signed")


_STATUS = {
    "planned": "planned",
    "proposed": "proposed",
    "ended": "ended",
    "postponed": "planned",
    "cancelled": "ended",
    "ongoing": "proposed",
}


@dataclass(slots=True)
class Instrument:
    """One document: its kind, who is bound, who signs, when, and the matches that told of it.

    `reasons` says why each match joined, `apart` of each instrument found before why this one is another.
    """

    kind: str
    matches: list[Match]
    parties: dict[int, Actor] = field(default_factory=dict)
    signatories: dict[int, Actor] = field(default_factory=dict)
    places: dict[int, Actor] = field(default_factory=dict)
    tellings: list[Telling] = field(default_factory=list)
    date: DateMention | None = None
    loose_date: DateMention | None = None
    heads: list[Token] = field(default_factory=list)
    both_sides: bool = False
    reasons: list[str] = field(default_factory=lambda: ["first mention"])
    apart: list[tuple[Instrument, str]] = field(default_factory=list)
    trip: Trip | None = None

    @property
    def status(self) -> str:
        """Status: an end that no renewal follows wins, then a signature, then the first plan or proposal.

        "The contract, which expired in 2019, was extended" is in force.
        """
        telling = [said for said in self.tellings if not said.bare]
        renewed = max((i for i, said in enumerate(telling) if said.effect == "renewed"), default=-1)
        found = [said.status for i, said in enumerate(telling) if i >= renewed or said.status != "ended"]
        for status in ("ended", "signed"):
            if status in found:
                return status
        return found[0] if found else "signed"

    @property
    def cue(self) -> Telling | None:
        """The mention with the word that gives the document its status."""
        return next((said for said in self.tellings if said.cue is not None and said.status == self.status), None)


@lru_cache(maxsize=1)
def _kinds() -> list[dict[str, Any]]:
    return list(read_rules_file("kinds.yaml"))


def kind_of(part: Part, token: Token) -> str:
    """Name the kind of an instrument from its noun and the words that qualify it.

    "letter of intent" → letter_of_intent.
    """
    words = {token.lemma_.lower().replace("ё", "е"), token.lower_.replace("ё", "е")}
    near = {word.lemma_.lower().replace("ё", "е") for word in token.subtree if abs(word.i - token.i) <= 4}
    for kind in _kinds():
        rule = kind.get(part.language, {})
        if words & set(rule.get("noun", ())) and (not rule.get("with") or near & set(rule["with"])):
            return str(kind["kind"])
    return "other"


def instrument_heads(part: Part, token: Token) -> list[Token]:
    """Give the nouns that name instruments in a phrase.

    "a package of agreements and a protocol" → agreements, protocol.
    """
    found = [token] if in_class(token.lemma_, "instruments", part.language) else []
    for child in token.children:
        if (
            child.dep_ in {"conj", "nmod", "obl"}
            and in_class(child.lemma_, "instruments", part.language)
            and (not found or child.dep_ == "conj")
        ):
            found.extend(instrument_heads(part, child))
    return found


def read_instruments(reading: Reading, trips: list[Trip]) -> list[Instrument]:
    """Read and merge every agreement match of a text."""
    found: list[Instrument] = []
    chosen = [match for match in reading.matches if match.rule.record == "agreement"]
    for match in chosen:
        if match.rule.id == "agreement.pen" and not match.slot("instrument"):
            _add_signers(reading, found, match)
        for instrument in _read(reading, match):
            _inherit_dates(reading, found, trips)
            _merge_into(found, instrument)
    found = [instrument for instrument in found if not _summed_up(instrument, found)]
    for instrument in found:
        _fill_sides(reading, instrument, trips)
        _fill_protagonist(reading, instrument)
    _date_signings(reading, found)
    _inherit_dates(reading, found, trips)
    return [instrument for instrument in found if _worth_a_record(instrument)]


def _add_signers(reading: Reading, found: list[Instrument], match: Match) -> None:
    """Give the signatories of "they put pen to paper" to the instrument told of in this or the last sentences."""
    near = [old for old in found if 0 <= match.part.index - old.matches[-1].part.index <= 1]
    if near:
        near[-1].matches.append(match)
        near[-1].reasons.append("puts names to it")
        for actor in actors(reading, match.slot("signatories")):
            _add_party(reading, near[-1], actor, match)


def _summed_up(instrument: Instrument, found: list[Instrument]) -> bool:
    """Tell whether a mention such as "a package of documents" only sums up the instruments told of after it."""
    if instrument.kind != "other" or instrument.parties or instrument.signatories:
        return False
    later = found[found.index(instrument) + 1 :]
    return any(other.kind != "other" and (other.parties or other.signatories) for other in later)


def _inherit_dates(reading: Reading, found: list[Instrument], trips: list[Trip]) -> None:
    """Give a signed instrument without a date that of the document signed just before.

    Else of the trip it belongs to.
    """
    for i, instrument in enumerate(found):
        if instrument.date or instrument.loose_date or instrument.status != "signed":
            continue
        part = instrument.matches[0].part.index
        before = [
            other
            for other in found[:i]
            if other.date and other.status == "signed" and part - other.matches[0].part.index <= 1
        ]
        near = [
            trip
            for trip in trips
            if trip.firm and _trip_date(trip) and any(0 <= part - s.part.index <= 1 for s in trip.sightings)
        ]
        if before:
            instrument.loose_date = before[-1].date
        elif instrument.trip and instrument.trip.firm and _trip_date(instrument.trip):
            instrument.loose_date = _trip_date(instrument.trip)
        elif near and (set(near[-1].visitors) | set(near[-1].hosts)) & set(instrument.parties):
            instrument.loose_date = _trip_date(near[-1])


def _date_signings(reading: Reading, found: list[Instrument]) -> None:
    """Give the day of "the signing ceremony" to the instrument told of last before it, else first after it."""
    for block, day in signing_dates(reading):
        open_ = [instrument for instrument in found if instrument.status == "signed" and not instrument.date]
        near = [instrument for instrument in open_ if abs(block - instrument.matches[0].part.index) <= 1]
        before = [instrument for instrument in near if _start(instrument) < day.start]
        for instrument in before[-1:] or near[:1]:
            instrument.date = day


def _start(instrument: Instrument) -> int:
    match = instrument.matches[0]
    return match.part.offset(match.trigger)


def _trip_date(trip: Trip) -> DateMention | None:
    return next((found for found in trip.dates if found.first is not None), None)


def _read(reading: Reading, match: Match) -> list[Instrument]:
    return [_one(reading, match, head) for head in instrument_nouns(match)]


def instrument_nouns(match: Match) -> list[Token]:
    """Give the nouns of a match that name documents of cooperation; none for "a contract with a midfielder"."""
    slots = match.slot("instrument")
    heads = [head for slot in slots for head in instrument_heads(match.part, slot.phrase.head)] or (
        [match.trigger] if match.rule.id == "agreement.noun" else []
    )
    named = [head for head in (_outermost(match.part, found) for found in heads) if _specific(match.part, head)]
    return [head for head in named if not is_alleged(match.part, head) and not _is_hiring(match, head)]


def _is_hiring(match: Match, head: Token) -> bool:
    return any(_hired(match.part, slot.phrase.head) for slot in _party_slots(match, head))


def _party_slots(match: Match, head: Token) -> list[SlotMatch]:
    partners = [slot for slot in match.slot("partners") if slot.phrase.reference != "pronoun" or slot.path != ">obj"]
    return [*match.slot("parties"), *partners, *match.slot("signatories"), *_named_in(match, head)]


def _one(reading: Reading, match: Match, head: Token) -> Instrument:
    instrument = Instrument(kind_of(match.part, head), [match], heads=[head])
    if instrument.kind == "other":
        instrument.kind = _kind_in_sentence(match.part, head)
    instrument.tellings.append(_telling(match))
    party_slots = _party_slots(match, head)
    instrument.both_sides = any(map(means_both, party_slots))
    for actor in [*actors(reading, party_slots), *_listed(reading, match, party_slots, head)]:
        _add_party(reading, instrument, actor, match)
    for actor in actors(reading, match.slot("places")):
        instrument.places.setdefault(actor.entity.number, actor)
    rivals = [
        other.trigger
        for other in reading.matches
        if other.part is match.part
        and match.part.sentence(other.trigger) == match.part.sentence(match.trigger)
        and other.trigger.i not in {head.i, match.trigger.i}
    ]
    future = instrument.status in {"planned", "proposed"}
    dates = [
        date_of(reading, match.part, match.trigger, future, rivals),
        date_of(reading, match.part, head, future, rivals),
    ]
    instrument.date = next((found for found in dates if found and not is_validity(match.part, found, head)), None)
    loose = None if instrument.date else any_date(reading, match.part, match.trigger, future)
    instrument.loose_date = loose if loose and not is_validity(match.part, loose, head) else None
    return instrument


def _listed(reading: Reading, match: Match, slots: Iterable[SlotMatch], head: Token) -> list[Actor]:
    """Give the parties that stand in a row with those found, or behind "between", where the parser lost them.

    "A, rector of B, and C, head of D, signed an accord" with A found → C.
    """
    part = match.part
    found = [filler.mention for slot in slots for filler in slot.fillers if filler.how in {"named", "member"}]
    near = [m for m in found if m.part == part.index and not m.derived]
    rows = [other for mention in near for other in fellows(part, mention)] + parties_between(part, head)
    if match.part.sentence(match.trigger) == part.sentence(head):
        rows += parties_between(part, match.trigger)
    known = {(m.start, m.end) for m in near}
    return [Actor(reading.entities.of(m), m) for m in rows if (m.start, m.end) not in known]


def _hired(part: Part, head: Token) -> bool:
    """Tell whether a contract is one of sport or work: "a contract with the Serbian midfielder Nikola Ilić"."""
    return any(
        in_class(token.lemma_, "hires", part.language)
        for token in (head, *head.children)
        if token.i == head.i or token.dep_ in {"appos", "compound", "nmod:desc", "flat", "amod"}
    )


def _telling(match: Match) -> Telling:
    """Read what a match says of the status; where the rule alone says it, its trigger is the cue: "expired"."""
    effect = match.status.effect
    if match.rule.status != "signed" and effect in {None, "ongoing"}:
        return Telling(match.rule.status, match.part, match.trigger)
    if match.rule.id == "agreement.extend" and effect is None:
        return Telling("renewed", match.part, match.trigger)
    return Telling(effect, match.part, match.status.cue, bare=match.rule.id == "agreement.noun" and effect is None)


def _outermost(part: Part, head: Token) -> Token:
    """Go up from an instrument inside another: "an addendum to the agreement between A and B" → addendum."""
    token, found = head, head
    for _ in range(4):
        if token.dep_ not in {"nmod"}:
            return found
        token = token.head
        if in_class(token.lemma_, "instruments", part.language):
            found = token
    return found


def _kind_in_sentence(part: Part, head: Token) -> str:
    """Name the kind of "the document" from another noun of its sentence.

    "a declaration …: they signed the document".
    """
    for token in part.doc[part.sentence(head).start : head.i]:
        if in_class(token.lemma_, "instruments", part.language) and kind_of(part, token) != "other":
            return kind_of(part, token)
    return "other"


def _named_in(match: Match, head: Token) -> list[SlotMatch]:
    """Read parties inside the noun phrase of the instrument: "the agreement between A and B that was signed"."""
    from coopex.matching.lexicon import roles
    from coopex.matching.paths import walk

    kinds = frozenset({"person", "organization", "place", "group"})
    found = []
    for path in roles()["partner"]["noun"][:1]:
        for token in walk(head, path):
            found.append(SlotMatch("partners", path.text, read_phrase(match.part, token), kinds))
    return found


def means_both(slot: SlotMatch) -> bool:
    """Tell whether a phrase speaks of all parties: "the two sides", "they"; not "a contract with him"."""
    if slot.phrase.reference == "pronoun":
        return slot.slot == "parties" and slot.phrase.head.lemma_.lower() in {"they", "они", "both", "оба"}
    return slot.phrase.reference == "sides" or any(ref.kind == "sides" for ref in slot.phrase.refs)


def _add_party(reading: Reading, instrument: Instrument, actor: Actor, match: Match) -> None:
    if actor.entity.kind == "person":
        if match.rule.id == "agreement.noun":
            return  # a contract with a person is employment or sport
        if match.rule.id in {"agreement.sign", "agreement.signing", "agreement.pen"}:
            instrument.signatories.setdefault(actor.entity.number, actor)
        for body in reading.bodies_of(actor.entity):
            if body.entity.kind != "person":
                instrument.parties.setdefault(body.entity.number, body)
        return
    instrument.parties.setdefault(actor.entity.number, actor)


def _specific(part: Part, head: Token) -> bool:
    """Reject nouns that name no instrument of cooperation here: "letter" alone, "plan", "a deal worth"."""
    weak = {
        "en": {
            "letter",
            "plan",
            "programme",
            "program",
            "paper",
            "act",
            "text",
            "document",
            "statement",
            "declaration",
            "arrangement",
        },
        "ru": {"письмо", "план", "программа", "акт", "бумага", "карта", "сделка"},
    }
    lemma = head.lemma_.lower()
    if lemma == "карта":
        return any(child.lemma_.lower() == "дорожный" for child in head.children)
    if lemma in {"letter", "письмо"}:
        return any(word.lemma_.lower() in {"intent", "намерение"} for word in head.subtree)
    if lemma in {"plan", "programme", "program", "act", "text", "план", "программа", "акт"}:
        return any(
            word.lemma_.lower() in {"cooperation", "сотрудничество", "action", "действие", "совместный", "joint"}
            for word in head.subtree
        )
    return lemma not in weak[part.language] or lemma in {
        "document",
        "statement",
        "declaration",
        "paper",
        "сделка",
        "бумага",
        "arrangement",
    }


def _merge_into(found: list[Instrument], new: Instrument) -> None:
    """Give a mention to the instrument it tells of, the last told of first, or keep it as another."""
    for old in reversed(found[-MOST_COMPARED:]):
        same, reason = compare(old, new)
        if same:
            _absorb(old, new, reason)
            return
        new.apart.insert(0, (old, reason))
    found.append(new)


def _absorb(old: Instrument, new: Instrument, reason: str) -> None:
    if old.kind == "other" or (told_by_headline(old) and new.kind != "other"):
        old.kind = new.kind
    old.matches.extend(new.matches)
    old.heads.extend(new.heads)
    old.tellings.extend(new.tellings)
    old.reasons.append(reason)
    old.both_sides |= new.both_sides
    old.date = old.date or new.date
    old.loose_date = old.loose_date or new.loose_date
    for mine, theirs in (
        (old.parties, new.parties),
        (old.signatories, new.signatories),
        (old.places, new.places),
    ):
        for number, actor in theirs.items():
            mine.setdefault(number, actor)


def _fill_sides(reading: Reading, instrument: Instrument, trips: Iterable[Trip]) -> None:
    """Give "the two sides" their names: visitors and hosts of the trip told of last, else of the only one."""
    bound = list(instrument.parties.values())
    if len(bound) >= 2 or (len(bound) == 1 and not instrument.both_sides and instrument.signatories):
        return
    if (not bound or _guessed(instrument)) and not instrument.both_sides:
        for actor in _named_in_sentence(reading, instrument):
            instrument.parties.setdefault(actor.entity.number, actor)
        if len(instrument.parties) >= 2:
            return
    if not bound and instrument.both_sides:
        for actor in _pair_before(reading, instrument):
            instrument.parties.setdefault(actor.entity.number, actor)
        if len(instrument.parties) >= 2:
            return
    before = [
        trip for trip in trips if trip.sightings[0].offset <= instrument.matches[0].part.offset(instrument.heads[0])
    ]
    if before:
        _fill_from_trip(reading, instrument, before[-1])
    if len(instrument.parties) < 2 and instrument.both_sides:
        for actor in headline_bodies(reading)[:2]:
            if not any(country(reading, actor) == country(reading, other) for other in instrument.parties.values()):
                instrument.parties.setdefault(actor.entity.number, actor)


def _guessed(instrument: Instrument) -> bool:
    """Tell whether the only parties known are the words before a verb whose subject the parser lost."""
    slots = [slot for match in instrument.matches for slot in [*match.slot("parties"), *match.slot("partners")]]
    return all(slot.path == "lost_subject" for slot in slots)


def _pair_before(reading: Reading, instrument: Instrument) -> list[Actor]:
    """Give the two bodies or countries that "they" stands for: the coordinated subject of the sentence before.

    "The ministers of Oman and Tanzania met in Muscat. They signed a memorandum." → Oman, Tanzania.
    """
    part, start = instrument.matches[0].part, instrument.heads[0].sent.start
    if start == 0:
        return []
    before = part.sentence_at(start - 1)
    for token in before:
        if token.dep_ == "nsubj" and token.head.i == before.root.i:
            named = [f for f in read_phrase(part, token).fillers if f.mention.kind in {"organization", "place"}]
            found = [reading.actor(filler) for filler in named]
            return found if len(found) == 2 else []
    return []


def _fill_from_trip(reading: Reading, instrument: Instrument, trip: Trip) -> None:
    """Name the sides after the visitors and the hosts of a trip, both by their bodies or both by their places."""
    instrument.trip = trip
    bodies = {number: actor for number, actor in trip.hosts.items() if actor.entity.kind != "person"}
    guests, hosts = trip.visitors, _receivers(trip) or bodies or trip.places
    for side, other in ((guests, hosts), (hosts, guests)):
        if any(number in instrument.parties for number in side):
            continue
        for actor in _of_side(reading, instrument, side, other):
            instrument.parties.setdefault(actor.entity.number, actor)


def _receivers(trip: Trip) -> dict[int, Actor]:
    """Give the bodies that received the visitors, before those whose sites were only shown."""
    found: dict[int, Actor] = {}
    for sighting in trip.sightings:
        if sighting.received or sighting.rule.frame == "meeting":
            found |= {actor.entity.number: actor for actor in sighting.hosts if actor.entity.kind == "organization"}
    # "was met by the rector and the head of the language centre": the centre is an officer's, not the host
    return {number: actor for number, actor in found.items() if actor.how != "affiliation"} or (
        {} if any(actor.entity.kind == "organization" for actor in trip.places.values()) else found
    )


_TOWNS = {
    "town",
    "city",
    "region",
    "province",
    "capital",
    "город",
    "регион",
    "область",
    "провинция",
    "столица",
}


def _of_side(reading: Reading, instrument: Instrument, side: dict[int, Actor], other: dict[int, Actor]) -> list[Actor]:
    """Choose who stands for a side: its country for "the two countries", its town for "the towns", else its body.

    Where the other side is known only as a country, this one is named by its country as well.
    """
    if _of_states(instrument) or (_only_countries(other) and _nations(reading, side.values())):
        return _nations(reading, side.values())
    places = [actor for actor in side.values() if actor.entity.kind == "place" and not is_country(actor)]
    return places[:1] if places and _spoken_of(instrument, _TOWNS) else _bodies(side.values())


def _only_countries(side: dict[int, Actor]) -> bool:
    named = [actor for actor in side.values() if actor.entity.kind != "person"]
    return bool(named) and all(is_country(actor) for actor in named)


_STATES = {"country", "government", "nation", "state", "страна", "государство", "правительство"}


def _of_states(instrument: Instrument) -> bool:
    """Tell whether the sides are named as states: "the two countries signed"."""
    return _spoken_of(instrument, _STATES)


def _spoken_of(instrument: Instrument, nouns: set[str]) -> bool:
    slots = [slot for match in instrument.matches for slot in [*match.slot("parties"), *match.slot("partners")]]
    heads = [slot.phrase.head for slot in slots] + [ref.token for slot in slots for ref in slot.phrase.refs]
    return any(head.lemma_.lower() in nouns for head in heads)


def _fill_protagonist(reading: Reading, instrument: Instrument) -> None:
    """Add the body the text is about when only the counterparty is named: "an agreement was signed with Rio"."""
    with_whom = any(match.slot("partners") for match in instrument.matches)
    by_whom = any(match.slot("parties") for match in instrument.matches)
    if len(instrument.parties) != 1 or by_whom or not with_whom:
        return
    for actor in headline_bodies(reading):
        if not actor.mention.derived and actor.entity.number not in instrument.parties:
            instrument.parties[actor.entity.number] = actor
            return


def _nations(reading: Reading, side: Iterable[Actor]) -> list[Actor]:
    """Give the country of a side, where the text names it."""
    codes = countries(reading, side)
    found = [entity for entity in reading.entities.all if entity.kind == "place" and entity.country in codes]
    nations = [Actor(entity, entity.mentions[0]) for entity in found]
    return [actor for actor in nations if is_country(actor)][:1]


def _named_in_sentence(reading: Reading, instrument: Instrument) -> list[Actor]:
    """Give the bodies, else the places.

    That the sentence of an instrument names outside adverbials of place and time.
    """
    part, head = instrument.matches[0].part, instrument.heads[0]
    start, end = part.sentence(head).start, part.sentence(head).end
    inside = [
        m
        for m in part.mentions
        if start <= m.start < end and not m.derived and m.kind in {"organization", "place"}
    ]
    inside = [m for m in inside if not _adverbial(part, m)]
    bodies = [m for m in inside if m.kind == "organization"] or inside
    return [Actor(reading.entities.of(m), m) for m in bodies]


def _adverbial(part: Part, mention: Mention) -> bool:
    before = part.doc[mention.start - 1].lower_ if mention.start else ""
    return before in {"in", "at", "into", "to", "from", "on", "в", "во", "на", "из"}


def _bodies(side: Iterable[Actor]) -> list[Actor]:
    named = [actor for actor in side if actor.entity.kind == "organization"]
    return (named or [actor for actor in side if actor.entity.kind == "place"])[:1]


def _worth_a_record(instrument: Instrument) -> bool:
    return (
        len(instrument.parties) >= 2
        or (bool(instrument.parties) and bool(instrument.date or instrument.signatories or instrument.both_sides))
        or bool(len(instrument.signatories) > 1)
    )
