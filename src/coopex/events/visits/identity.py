"""Which mentions tell of the same visit: each joins the candidate it fits best, else it begins another.

The features of a pair are weighed by the model "visit.identity"; a few constraints hold whatever the weights say.
"""

from __future__ import annotations

from collections.abc import Iterable

from coopex.dates import days_between
from coopex.events.countries import countries_of, numbers_of, own_countries, towns_of, without_countries
from coopex.events.grouping import group, rate_pair
from coopex.events.visits.sides import orient
from coopex.events.visits.types import VisitCandidate, VisitMention
from coopex.matching.lexicon import in_class
from coopex.resolve.cues import called_another
from coopex.resolve.reading import Reading, is_country

_LONGEST_GAP = 4  # days between two stops of one visit
_FAR = 2  # blocks
_MOVING = {"travel", "trip", "sending", "reception", "presence", "invitation"}

Features = dict[str, float]


def group_mentions(reading: Reading, mentions: Iterable[VisitMention]) -> list[VisitCandidate]:
    """Group mentions into candidates, in the order of the text.

    "Rector Belov flew to Oslo. The guests toured the port. In May he will go to Rome." → two candidates
    """
    return group(
        mentions,
        begin=lambda mention, apart: VisitCandidate((mention,), ("first mention",), apart),
        rate=lambda known, mention, is_last: rate_pair(
            "visit.identity",
            constraint(reading, known, mention),
            lambda: identity_features(reading, known, mention, is_last),
        ),
        name="visit.identity",
        orient=lambda mention, current: orient(reading, mention, current),
    )


def constraint(reading: Reading, known: VisitCandidate, mention: VisitMention) -> str | None:
    """Return what rules out that a mention tells of a candidate, or None."""
    language = mention.part.language
    far = [day for day in known.dates if mention.date and days_between(day, mention.date, language) > _LONGEST_GAP * 5]
    if far and len(far) == len(known.dates):
        return "another date"
    if _is_return(known, mention):
        return "a return visit"
    if mention.is_gapped and _is_same_sentence(known, mention):
        return "told by a verb left out"
    if _are_others_elsewhere(known, mention):
        return "others, elsewhere, at another time"
    if _is_another_group(mention) and not any(_is_another_group(other) for other in known.mentions):
        return "said to be another group"
    return None


def identity_features(reading: Reading, known: VisitCandidate, mention: VisitMention, is_last: bool) -> Features:
    """Return the features of a pair of a candidate and a mention that may tell of it."""
    features: Features = {}
    for part in (_of_people, _of_place, _of_time, _of_discourse):
        features |= {name: 1.0 for name, holds in part(reading, known, mention, is_last).items() if holds}
    return features


def _of_people(reading: Reading, known: VisitCandidate, mention: VisitMention, is_last: bool) -> dict[str, bool]:
    travellers = mention.travellers
    specific = numbers_of(actor for actor in travellers if not is_country(actor))
    coming = countries_of(reading, travellers)
    known_coming = countries_of(reading, known.came.values())
    persons = {a.entity.number for a in travellers if a.entity.kind == "person"}
    known_persons = {n for n, a in known.came.items() if a.entity.kind == "person"}
    group = mention.told.is_group
    named = any(not actor.mention.derived for actor in travellers)
    new_group = _has_new_group(mention) and not _is_same_group(known, mention)
    pair = {known.status, mention.status}
    open_pair = len(pair) > 1 and not mention.vague and mention.effect != "realised" and pair != {"occurred", "ongoing"}
    moves = mention.rule.frame in _MOVING
    turned = bool(specific & known.received.keys() - known.came.keys()) or bool(
        numbers_of(mention.told.hosts) & known.came.keys()
    )
    return {
        "the same noun for those who come": _is_same_group(known, mention),
        "the same visitors": bool(specific & known.came.keys()),
        "visitors of the same country": bool(coming & known_coming),
        "visitors of another country": bool(coming and known_coming and not coming & known_coming),
        "other persons": bool(persons and known_persons and not persons & known_persons),
        "other visitors": bool(specific and known.came and not specific & known.came.keys()),
        "its visitors are hosts there": bool(specific & known.told["hosts"].keys() - known.came.keys()),
        "its hosts are visitors there": bool(numbers_of(mention.told.hosts) & known.came.keys()),
        "the same host": bool(numbers_of(mention.told.hosts) & known.told["hosts"].keys()),
        "other hosts": bool(
            mention.told.hosts
            and known.told["hosts"]
            and not numbers_of(mention.told.hosts) & known.told["hosts"].keys()
        ),
        "refers to the visitors of the visit told of last": group and is_last,
        "refers to visitors": group and not is_last,
        "refers to visitors and none were named": group and not known.came,
        "names no visitor, after the visit told of last": not travellers and is_last,
        "names no visitor": not travellers and not is_last,
        "names visitors where none were named": named and not known.came,
        "a new group": new_group,
        "a new group at another time": new_group and open_pair,
        "a group told of before": _has_known_group(mention),
        "other visitors at another time": bool(specific and not specific & known.came.keys()) and open_pair,
        "only adds people": mention.rule.creates != "visit" and bool(travellers),
        "adds people in the same sentence": mention.rule.frame in {"leadership", "membership", "invitation"}
        and _is_same_sentence(known, mention),
        "come along with them": mention.cues.together,
        "travel at another time": moves and open_pair,
        "other visitors travel at another time": moves and open_pair and bool(specific - known.came.keys()),
        "visitors and hosts change places": turned,
        "visitors and hosts change places at another time": turned and open_pair,
        "said to be in return": mention.cues.returning or mention.cues.turn,
    }


def _of_place(reading: Reading, known: VisitCandidate, mention: VisitMention, is_last: bool) -> dict[str, bool]:
    places = mention.told.places
    there, here = own_countries(places), own_countries(known.told["places"].values())
    towns, known_towns = towns_of(places), towns_of(known.told["places"].values())
    home = countries_of(reading, known.told["visitors"].values())
    same = numbers_of(places) & known.received.keys()
    return {
        "the same place": bool(same),
        "in the same country": bool(there & here) and not same,
        "in another country": bool(there and here and not there & here),
        "in another town": bool(towns and known_towns and not towns & known_towns),
        "to the visitors' own country": bool(there and here and there <= home and not there & here),
        "to the place just named": mention.there and is_last,
        "names a place where none was named": bool(places) and not known.told["places"],
    }


def _of_time(reading: Reading, known: VisitCandidate, mention: VisitMention, is_last: bool) -> dict[str, bool]:
    gaps = [days_between(day, mention.date, mention.part.language) for day in known.dates if mention.date]
    pair = {known.status, mention.status}
    open_status = mention.vague or mention.effect == "realised" or all(other.vague for other in known.mentions)
    return {
        "the same date": bool(gaps) and min(gaps) == 0,
        "both are dated": bool(gaps),
        "only it is dated": mention.date is not None and not known.dates,
        "a date within days": bool(gaps) and 0 < min(gaps) <= _LONGEST_GAP,
        "another date": bool(gaps) and min(gaps) > _LONGEST_GAP,
        "the same status": not open_status and len(pair) == 1,
        "planned and occurred": not open_status and pair == {"planned", "occurred"},
        "proposed and firm": not open_status and "proposed" in pair and bool(pair & {"occurred", "ongoing"}),
        "proposed and planned": not open_status and pair == {"proposed", "planned"},
        "cancelled and firm": not open_status and "cancelled" in pair and bool(pair & {"occurred", "ongoing"}),
        "cancelled and planned": not open_status and "cancelled" in pair and bool(pair & {"planned", "proposed"}),
        "its status is open": open_status,
        "says what became of it": mention.effect in {"realised", "cancelled", "moved"} and not mention.travellers,
        "a plan of those just told of": mention.status == "planned" and mention.told.is_group and is_last,
        "one of them is told as recalled": mention.cues.recalled != any(m.cues.recalled for m in known.mentions),
    }


def _of_discourse(reading: Reading, known: VisitCandidate, mention: VisitMention, is_last: bool) -> dict[str, bool]:
    blocks = mention.part.index - max(other.part.index for other in known.mentions)
    headline = known.mentions[0].part.block.kind == "title"
    doubtful = all(other.lacking or other.told.doubts for other in known.mentions)
    return {
        "the visit told of last": is_last,
        "in the same sentence": _is_same_sentence(known, mention),
        "in the same block": blocks == 0 and not _is_same_sentence(known, mention),
        "far apart": blocks > _FAR and not headline,
        "told by the headline": headline and all(m.part.block.kind == "title" for m in known.mentions),
        "an invitation": mention.rule.frame == "invitation" and not mention.told.at_invitation,
        "came at an invitation": mention.told.at_invitation,
        "a programme or tour": mention.rule.frame in {"stop", "tour", "briefing"},
        "a meeting": mention.rule.frame == "meeting",
        "a noun for a trip": mention.rule.frame == "trip",
        "may create a visit": mention.rule.creates == "visit" and not mention.lacking,
        "the known one is doubtful": doubtful,
        "it is doubtful itself": bool(mention.lacking or mention.told.doubts),
    }


def _is_same_sentence(known: VisitCandidate, mention: VisitMention) -> bool:
    return any(other.sentence == mention.sentence for other in known.mentions)


def _is_same_group(known: VisitCandidate, mention: VisitMention) -> bool:
    """Return whether the very same noun ("delegation") stands in a mention of the candidate."""
    return any(other.part is mention.part and other.groups & mention.groups for other in known.mentions)


def _has_new_group(mention: VisitMention) -> bool:
    """Return whether a noun for those who come brings them in: "a team of engineers", «группа студентов», "two"."""
    return any(_determiner(mention, i) == "new" for i in mention.groups)


def _has_known_group(mention: VisitMention) -> bool:
    """Return whether a noun for those who come points back: "the delegation", «эта группа»."""
    return any(_determiner(mention, i) == "known" for i in mention.groups)


def _determiner(mention: VisitMention, i: int) -> str | None:
    token, language = mention.part.doc[i], mention.part.language
    if mention.part.at(token) is not None or token.pos_ == "PRON":
        return None
    words = [child for child in token.children if child.i < token.i]
    if any(in_class(child.lemma_, "definite", language) for child in words):
        return "known"
    if any(in_class(child.lemma_, "indefinite", language) or child.dep_.startswith("nummod") for child in words):
        return "new"
    qualified = any(True for child in token.children if child.dep_ in {"amod", "nmod", "acl"})
    return "new" if qualified else "known" if language == "ru" else None


def _is_return(known: VisitCandidate, mention: VisitMention) -> bool:
    """Return whether others pay a visit in return: "The rector of Hokkaido will pay a return visit to Oulu"."""
    named = numbers_of(without_countries(mention.travellers))
    shared = named & known.came.keys()
    return mention.cues.returning and bool(named) and not shared and not _is_same_group(known, mention)


def _are_others_elsewhere(known: VisitCandidate, mention: VisitMention) -> bool:
    """Return whether other persons go to another place, one in the past and one to come.

    "Following the visit of Per Lie to Lima, Olga Ruiz will come to Oslo" → two visits
    """
    persons = {a.entity.number for a in mention.travellers if a.entity.kind == "person"}
    known_persons = {n for n, a in known.came.items() if a.entity.kind == "person"}
    places = numbers_of(without_countries(mention.told.places))
    known_places = numbers_of(without_countries(known.told["places"].values()))
    apart = persons and known_persons and places and known_places and not mention.vague
    if not apart or persons & known_persons or places & known_places:
        return False
    return len({known.status, mention.status}) > 1 and not {known.status, mention.status} <= {"occurred", "ongoing"}


def _is_another_group(mention: VisitMention) -> bool:
    """Return whether those who travel are called one more: "another delegation", "the second mission"."""
    language = mention.part.language
    groups = (mention.part.doc[i] for i in mention.groups)
    return any(in_class(group.lemma_, "groups", language) and called_another(group, language) for group in groups)
