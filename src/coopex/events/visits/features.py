"""Named features: of an argument of a visit, and of a visit as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from coopex.events.argument import Argument
from coopex.events.clauses import argument_and_verb, is_speaker, nouns_above, preposition_classes, role_of
from coopex.events.countries import countries_of, country_of
from coopex.events.lists import is_line
from coopex.events.passages import Passages, Sentence
from coopex.events.visits.surroundings import CONTEXTS, Surroundings
from coopex.events.visits.types import SLOTS, VisitCandidate
from coopex.matching.lexicon import classes_with, fold_word, in_class
from coopex.matching.lists import fellows
from coopex.matching.paths import prepositions
from coopex.matching.phrases import post_token
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Token
from coopex.resolve.reading import Actor, Reading, is_country

Features = dict[str, float]


class ArgumentFeatures:
    """Features of the entities of a passage as arguments of one visit."""

    def __init__(self, reading: Reading, passages: Passages, candidate: VisitCandidate, around: Surroundings) -> None:
        self.reading, self.passages, self.candidate = reading, passages, candidate
        self.around, self.me = around, around.place_of(candidate)
        self.has_rivals = around.has_rivals(candidate)

    def of(self, actor: Actor) -> Features:
        """Return the features of an actor as an argument of any slot, each also with the kind of the actor."""
        known = self._cache.get(actor.entity.number)
        if known is None:
            parts = (self._by_rules, self._by_country, self._by_body, self._by_place, self._by_words)
            plain = {name: 1.0 for part in parts for name, holds in part(actor).items() if holds}
            kind = _kind_name(actor)
            by_kind = {f"{kind}: {name}": 1.0 for name in plain if not name.startswith("one of")}
            known = self._cache[actor.entity.number] = {**plain, **by_kind, kind: 1.0}
        return known

    @cached_property
    def _cache(self) -> dict[int, Features]:
        return {}

    # --- what rules say --------------------------------------------------------------------------------------------

    def _by_rules(self, actor: Actor) -> Mapping[str, bool]:
        number = actor.entity.number
        found: dict[str, bool] = {}
        for mention in self.candidate.mentions:
            for slot in SLOTS:
                told = next((a for a in mention.told.in_slot(slot) if a.entity.number == number), None)
                if told is None:
                    continue
                weak = "weakly " if mention.lacking or mention.told.doubts else ""
                found[f"{weak}told as one of the {slot}"] = True
                found[f"one of the {slot} by {mention.rule.frame}"] = True
                if told.how not in {"named", "member"}:
                    found[f"one of the {slot} as {told.how}"] = True
            if any(a.entity.number == number for a in mention.told.attendees):
                found[f"present at a {mention.rule.frame}"] = True
            if any(a.entity.number == number for a in mention.told.companions):
                found["came along"] = True
            if any(a.entity.number == number for a in mention.meant):
                found["meant by the word for the visitors"] = True
        sides = [slot for slot in SLOTS if number in self.candidate.told[slot]]
        found["no rule names it"] = not sides
        found["told on both sides"] = bool({"visitors", "leaders"} & set(sides) and {"hosts", "places"} & set(sides))
        tellings = Counter(
            slot
            for m in self.candidate.mentions
            for slot in SLOTS
            for a in m.told.in_slot(slot)
            if a.entity.number == number
        )
        found |= {f"told twice as one of the {slot}": n > 1 for slot, n in tellings.items()}
        return found

    # --- countries -------------------------------------------------------------------------------------------------

    @cached_property
    def _coming(self) -> set[str]:
        return countries_of(self.reading, self.candidate.came.values())

    @cached_property
    def _visited(self) -> set[str]:
        places = countries_of(self.reading, self.candidate.told["places"].values())
        return places or countries_of(self.reading, self.candidate.told["hosts"].values())

    def _by_country(self, actor: Actor) -> Mapping[str, bool]:
        code = country_of(self.reading, actor)
        coming, visited = self._coming, self._visited
        return {
            "of the visitors' country": code in coming - visited,
            "of the country visited": code in visited - coming,
            "of both countries": code in visited & coming,
            "of a third country": bool(code and (coming or visited)) and code not in visited | coming,
            "its country is not known": code is None,
            "of the country of the dateline": code is not None and code == self.reading.dateline_country,
            "a country": is_country(actor),
            "only implied by an adjective": actor.mention.derived,
            "only implied by a post": actor.how == "implied",
            "a fair or forum": actor.mention.event,
        }

    # --- bodies ----------------------------------------------------------------------------------------------------

    @cached_property
    def _people(self) -> dict[str, set[int]]:
        """Persons by the side that rules put them on."""
        return {
            "came": {n for n, a in self.candidate.came.items() if a.entity.kind == "person"},
            "received": {n for n, a in self.candidate.told["hosts"].items() if a.entity.kind == "person"},
        }

    @cached_property
    def _bodies(self) -> dict[str, set[int]]:
        """Bodies of the persons of each side."""
        return {side: {b for n in people for b in self._bodies_of(n)} for side, people in self._people.items()}

    def _bodies_of(self, number: int) -> set[int]:
        return {body.entity.number for body in self.reading.person_bodies.get(number, ())}

    def _by_body(self, actor: Actor) -> Mapping[str, bool]:
        number = actor.entity.number
        own = self._bodies_of(number)
        came, hosts = self.candidate.came.keys(), self.candidate.received.keys()
        rows = self._rows(actor)
        return {
            "body of a visitor": number in self._bodies["came"],
            "body of a host": number in self._bodies["received"],
            "its body came": bool(own & came - hosts),
            "its body received": bool(own & hosts - came),
            "shares the body of a visitor": bool(own & self._bodies["came"] - self._bodies["received"]),
            "shares the body of a host": bool(own & self._bodies["received"] - self._bodies["came"]),
            "has a body": bool(own),
            "has a post": bool(actor.entity.post or actor.post),
            "in a row with a visitor": bool(rows & came - hosts),
            "in a row with a host": bool(rows & hosts - came),
            "acts together with a visitor": bool(rows & came - hosts) and self._is_mutual(actor),
            "acts together with a host": bool(rows & hosts - came) and self._is_mutual(actor),
            "its name holds the place visited": self._holds(actor, self._stems_visited - self._stems_of_home),
            "its name holds the visitors' home": self._holds(actor, self._stems_of_home - self._stems_visited),
        }

    def _is_mutual(self, actor: Actor) -> bool:
        """Return whether an actor is a subject of a verb that two sides share: "A and B signed"."""
        for sentence, mention in self._near_mentions(actor):
            argument, verb = argument_and_verb(sentence.part.root(mention))
            if role_of(argument) == "subject" and in_class(verb.lemma_, "mutual", sentence.part.language):
                return True
        return False

    @cached_property
    def _stems_visited(self) -> set[str]:
        places = [*self.candidate.told["places"].values(), *filter(None, [self.reading.dateline])]
        return {stem for actor in places if actor.entity.kind == "place" for stem in _stems(actor.entity.name)}

    @cached_property
    def _stems_of_home(self) -> set[str]:
        places = [actor for actor in self.candidate.told["visitors"].values() if actor.entity.kind == "place"]
        return {stem for actor in places for stem in _stems(actor.entity.name)}

    def _holds(self, actor: Actor, stems: set[str]) -> bool:
        """Return whether the name of a body, or of that of a person, holds a place: "Oulu Port" holds Oulu."""
        if actor.entity.kind == "place":
            return False
        bodies = [actor.entity, *(body.entity for body in self.reading.bodies_of(actor.entity))]
        words = [fold_word(word) for body in bodies if body.kind == "organization" for word in body.name.split()]
        return any(word.startswith(stem) for stem in stems for word in words)

    def _rows(self, actor: Actor) -> set[int]:
        """Entities that stand in a row with an actor in the passage: "A, B and C"."""
        found: set[int] = set()
        for sentence, mention in self._near_mentions(actor):
            found |= {self.reading.entities.of(other).number for other in fellows(sentence.part, mention)}
        return found

    # --- where it stands -------------------------------------------------------------------------------------------

    @cached_property
    def _own_sentences(self) -> set[int]:
        return self.passages.numbers_of(self.candidate.mentions)

    def _near_mentions(self, actor: Actor) -> list[tuple[Sentence, Mention]]:
        found = self.passages.mentions.get(actor.entity.number, ())
        return [(s, m) for s, m in found if self._distance(s) <= 2 or s.is_title]

    def _distance(self, sentence: Sentence) -> int:
        return min((abs(sentence.number - n) for n in self._own_sentences), default=99)

    def _by_place(self, actor: Actor) -> Mapping[str, bool]:
        found = self.passages.mentions.get(actor.entity.number, ())
        inside = [s for s, _ in found if s.number in self._own_sentences]
        after = [s for s, _ in found if s.number - 1 in self._own_sentences and not s.is_title]
        before = [s for s, _ in found if s.number + 1 in self._own_sentences and not s.is_title]
        near = bool(inside or after or before)
        titles = [s for s, _ in found if s.is_title]
        elsewhere = any(
            self.around.creating.get(s.number, frozenset()) - {self.me}
            for s, _ in found
            if s.number not in self._own_sentences
        )
        in_another = bool(self.around.tellers.get(actor.entity.number, frozenset()) - {self.me})
        apart = not near and not titles
        return {
            "far from the only visit of the text": apart and not self.has_rivals,
            "in the opening of the text": any(s.number <= self._first + 2 for s, _ in found),
            "in a list or short line": any(s.number not in self._own_sentences and is_line(s) for s, _ in found),
            "a post is told with it near by": any(_has_post(s.part, m) for s, m in self._near_mentions(actor)),
            "the body named most often": actor.entity.number == self._main_body,
            "named in the first sentence": any(s.number <= self._first for s, _ in found),
            "in a sentence that tells of the visit": bool(inside),
            "in the sentence after": bool(after) and not inside,
            "in the sentence before": bool(before) and not inside and not after,
            "near in the same block": any(self._is_same_block(s) for s in (*after, *before)) and not inside,
            "in the headline": bool(titles),
            "only in the headline": bool(titles) and not near,
            "far from it": apart,
            "also told of with another visit": elsewhere or in_another,
            "named several times": len(found) > 2,
            "the place of the dateline": self.reading.dateline is not None
            and self.reading.dateline.entity is actor.entity,
        }

    @cached_property
    def _main_body(self) -> int | None:
        """The organization with the most mentions, if it has at least three."""
        bodies = [e for e in self.reading.entities.all if e.kind == "organization" and len(e.mentions) > 2]
        return max(bodies, key=lambda e: len(e.mentions)).number if bodies else None

    @cached_property
    def _first(self) -> int:
        """Number of the first sentence of the body."""
        return next((s.number for s in self.passages.sentences if not s.is_title), 0)

    def _is_same_block(self, sentence: Sentence) -> bool:
        return any(m.part is sentence.part for m in self.candidate.mentions)

    # --- words around it -------------------------------------------------------------------------------------------

    def _by_words(self, actor: Actor) -> Mapping[str, bool]:
        found: dict[str, bool] = {}
        for sentence, mention in self._near_mentions(actor):
            inside = sentence.number in self._own_sentences
            root = sentence.part.root(mention)
            held = [name for name, holds in self._by_clause(sentence, root).items() if holds]
            held += [f"behind a preposition of {name}" for name in preposition_classes(root)]
            found |= {(name if inside else f"near by, {name}"): True for name in held}
            if inside:
                found |= {name: True for name, holds in self._by_trigger(sentence, mention).items() if holds}
            if is_speaker(root):
                found["speaks"] = True
        return found | {f"listed: {says}": True for says in self._lists(actor)}

    def _lists(self, actor: Actor) -> set[str]:
        """Return what lists say of an actor in the sentences that stand nearest to the visit."""
        listed = self.passages.listed.get(actor.entity.number, ())
        sentences = self.passages.sentences
        return {says for n, says in listed if self._distance(sentences[n]) <= max(1, self.around.nearest[n])}

    def _by_clause(self, sentence: Sentence, root: Token) -> dict[str, bool]:
        """Features from the clause of a name: what it does to visitors or hosts of the visit, or they to it."""
        argument, verb = argument_and_verb(root)
        others = [child for child in verb.children if child is not argument]
        roles = {self._side(sentence.part, child): role_of(child) for child in others}
        mine, visitor, host = role_of(argument), roles.get("came"), roles.get("received")
        return {
            "a subject": mine == "subject",
            "an object": mine == "object",
            "acts on a visitor": mine == "subject" and visitor in {"object", "other", "company"},
            "a visitor acts on it": mine == "object" and visitor == "subject",
            "with a visitor as subject": mine == "company" and visitor == "subject",
            "acts on a host": mine == "subject" and host in {"object", "other", "company"},
            "a host acts on it": mine == "object" and host == "subject",
            "with a host as subject": mine == "company" and host == "subject",
            "owns a word for a person": root.dep_ in {"nmod:poss", "nmod"} and _is_person_noun(root),
            "left by the travellers": self._is_source(root, verb),
            "hangs on a visitor": any(self._side(sentence.part, t) == "came" for t in nouns_above(root)),
            "hangs on a host": any(self._side(sentence.part, t) == "received" for t in nouns_above(root)),
        }

    def _is_source(self, root: Token, verb: Token) -> bool:
        """Return whether a place is where a verb starts, of people whose home is named: "left Oslo for Graz"."""
        leaves = root.head.i == verb.i and bool(set(prepositions(root)) & _FROM)
        return leaves and any(a.entity.kind != "person" for a in self.candidate.told["visitors"].values())

    def _side(self, part: Part, token: Token) -> str | None:
        """Side of a word: a name that rules put there, a word for visitors or hosts, a pronoun for them."""
        mention = part.at(token)
        if mention is not None and not mention.derived:
            return self._side_of(self.reading.entities.of(mention).number)
        if in_class(token.lemma_, "groups", part.language) or in_class(token.lemma_, "guests", part.language):
            return "came"
        if in_class(token.lemma_, "hosts", part.language):
            return "received"
        reference = self.reading.references.get((part.index, token.i))
        sides = {self._side_of(actor.entity.number) for actor in reference.actors} if reference else set()
        return sides.pop() if len(sides) == 1 else None

    def _side_of(self, number: int) -> str | None:
        came, received = number in self.candidate.came, number in self.candidate.received
        return "came" if came and not received else "received" if received and not came else None

    def _by_trigger(self, sentence: Sentence, mention: Mention) -> dict[str, bool]:
        """Features from where a name stands to the word for the visit."""
        part, root = sentence.part, sentence.part.root(mention)
        triggers = [m.trigger for m in self.candidate.mentions if m.sentence == (part.index, sentence.span.start)]
        if not triggers:
            return {}
        near = min(triggers, key=lambda t: abs(t.i - root.i))
        low, high = sorted((near.i, root.i))
        between = [m for m in part.mentions if low < m.start and m.end <= high and m.kind == mention.kind]
        return {
            "under the word for the visit": any(t.i in {x.i for x in triggers} for t in root.ancestors),
            "above the word for the visit": any(root.i == t.i for x in triggers for t in x.ancestors),
            "in the clause of the visit": argument_and_verb(root)[1].i in {t.i for t in triggers},
            "before the word for the visit": root.i < near.i,
            "nearest of its kind before the word": root.i < near.i and not between,
            "nearest of its kind behind the word": root.i > near.i and not between,
            "close to the word for the visit": high - low <= _CLOSE,
        }


_FROM = {"from", "из", "с", "со", "от"}


def _is_person_noun(owner: Token) -> bool:
    """Return whether what a person owns is another person: "Lie's predecessor", «предшественник Ли»."""
    return in_class(owner.head.lemma_, "successions", owner.lang_)


_CLOSE = 6  # tokens
_STEM = 4  # letters that a place and a word made from it share at least


def _stems(name: str) -> list[str]:
    """Return what words made from a place begin with: "Nizhny Tagil" → ["nizh", "tagi"]."""
    return [fold_word(word)[: max(_STEM, len(word) - 2)] for word in name.split() if len(word) >= _STEM]


def _has_post(part: Part, mention: Mention) -> bool:
    return mention.kind == "person" and post_token(part, mention) is not None


def _kind_name(actor: Actor) -> str:
    kind = actor.entity.kind
    if kind == "place":
        return "country" if is_country(actor) else "town or region"
    return str(kind)


# --- the visit as a whole ------------------------------------------------------------------------------------------


def event_features(
    reading: Reading,
    candidate: VisitCandidate,
    arguments: Sequence[Argument],
    weighed: Sequence[Argument],
    around: Surroundings,
) -> Features:
    """Return the features that tell whether a candidate is a visit."""
    held = {
        **_of_mentions(candidate),
        **_of_arguments(reading, arguments, weighed),
        **_of_text(reading, candidate, around),
    }
    return {name: float(value) for name, value in held.items() if value}


def _of_mentions(candidate: VisitCandidate) -> dict[str, float]:
    mentions = candidate.mentions
    whole = [m for m in mentions if not m.lacking and m.rule.creates == "visit"]
    sure = [m for m in whole if not m.told.doubts]
    found: dict[str, float] = {f"told by {m.rule.frame}": 1.0 for m in whole}
    found |= {f"doubt: {doubt}": 1.0 for m in mentions if m not in sure for doubt in m.told.doubts}
    return found | {
        "a rule found all it asks for": bool(whole),
        "and nothing speaks against it": bool(sure),
        "told by two mentions": len(mentions) > 1,
        "told by four mentions": len(mentions) > 3,
        "two mentions found all they ask for": len(sure) > 1,
        f"is {candidate.status}": 1.0,
        "told only by the headline": all(m.part.block.kind == "title" for m in mentions),
        "told by headline and text": len({m.part.block.kind for m in mentions}) > 1,
        "nobody met in person": any(m.cues.remote for m in mentions),
        "a habit, no single visit": any(m.cues.generic for m in mentions),
        "a return visit": any(m.cues.returning for m in mentions),
        "recalled": all(m.cues.recalled for m in mentions),
        "those who come are a group": any(m.told.is_group for m in mentions),
        "a host receives them": any(m.told.received for m in mentions),
        "a host receives a group": any(m.told.received and m.rule.frame == "reception" and m.groups for m in sure),
        "only meant by a pronoun": all(m.told.by_pronoun for m in mentions),
        "dated": bool(candidate.dates),
        "dated to the day": any(d.precision in {"day", "range"} for d in candidate.dates),
        "says how long": any(m.days for m in mentions),
    }


def _of_arguments(reading: Reading, arguments: Sequence[Argument], weighed: Sequence[Argument]) -> dict[str, float]:
    found: dict[str, float] = {}
    sides: dict[str, list[Actor]] = {slot: [a.actor for a in arguments if a.slot == slot] for slot in SLOTS}
    for slot, actors in sides.items():
        for kind in {_kind_name(actor) for actor in actors}:
            found[f"{slot}: {kind}"] = 1.0
        best = max((a.probability for a in weighed if a.slot == slot), default=0.0)
        found[f"how sure the {slot} are"] = best
    came, received = [*sides["visitors"], *sides["leaders"]], [*sides["hosts"], *sides["places"]]
    home, visited = countries_of(reading, came), countries_of(reading, received)
    return found | {
        "sure on both sides": _is_sure(weighed, ("visitors", "leaders")) and _is_sure(weighed, ("hosts", "places")),
        "sure of neither side": not _is_sure(weighed, ("visitors", "leaders"))
        and not _is_sure(weighed, ("hosts", "places")),
        "nobody came": not came,
        "no place and no host": not received,
        "from one country to another": bool(home and visited and home != visited),
        "within one country": bool(home and home == visited),
        "countries are not known": not home or not visited,
        "a traveller with a post": any(a.entity.kind == "person" and (a.entity.post or a.post) for a in came),
        "a host with a post": any(a.entity.kind == "person" and (a.entity.post or a.post) for a in sides["hosts"]),
        "persons and bodies on both sides": _has_people(came) and _has_people(sides["hosts"]),
    }


_SURE = 0.7


def _is_sure(weighed: Sequence[Argument], slots: Sequence[str]) -> bool:
    return any(each.probability >= _SURE for each in weighed if each.slot in slots)


def _has_people(actors: Sequence[Actor]) -> bool:
    return any(actor.entity.kind in {"person", "organization"} for actor in actors)


_DENSE = {"cooperation": 0.04}  # share of the words of a text above which it is full of a class, else 0.01


def _of_text(reading: Reading, candidate: VisitCandidate, around: Surroundings) -> dict[str, float]:
    found: dict[str, float] = {}
    part = candidate.mentions[0].part
    words = (token for m in candidate.mentions for token in m.part.sentence(m.trigger))
    beside = {held for token in words for held in classes_with(token.lemma_, part.language)}
    for name in CONTEXTS:
        if f"context_{name}" in beside:
            found[f"beside words of {name}"] = 1.0
        share = around.contexts[name]
        found[f"the text has many words of {name}"] = share > _DENSE.get(name, 0.01)
        found[f"the text has no words of {name}"] = share == 0.0
    rivals = [other for other in around.candidates if other is not candidate and other.may_be_visit]
    numbers = candidate.came.keys()
    twin = any(numbers & o.came.keys() for o in rivals if o.mentions[0].offset < candidate.mentions[0].offset)
    return found | {
        "the only one of the text": not rivals,
        "one of many": len(rivals) > 3,
        "its visitors came in a visit told of before": twin,
        "told first": all(candidate.mentions[0].offset <= o.mentions[0].offset for o in rivals),
        "told in the opening": any(m.part.index <= 2 for m in candidate.mentions),
        "the text names an agreement": around.names_agreement,
        "the text has no headline": not any(part.block.kind == "title" for part in reading.parts),
        "the text has a dateline": reading.dateline is not None,
    }
