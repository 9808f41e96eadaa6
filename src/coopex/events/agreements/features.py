"""Named features of an entity as party or signatory of one agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from coopex.events.agreements.types import AgreementCandidate, AgreementMention
from coopex.events.agreements.visits import VisitSides, visits_near
from coopex.events.argument import Argument
from coopex.events.clauses import argument_and_verb, is_speaker, nouns_above, preposition_classes, role_of
from coopex.events.countries import countries_of, country_of
from coopex.events.passages import Passages, Sentence
from coopex.matching.lexicon import in_class
from coopex.matching.lists import fellows
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Token
from coopex.resolve.reading import Actor, Reading, is_country
from coopex.resolve.reference_words import fold
from coopex.resolve.references import Reference
from coopex.weights import log_odds

Features = dict[str, float]
Held = Mapping[str, bool]


class ArgumentFeatures:
    """Features of the entities of a passage as parties or signatories of one agreement."""

    def __init__(
        self, reading: Reading, passages: Passages, candidate: AgreementCandidate, others: Sequence[AgreementCandidate]
    ) -> None:
        self.reading, self.passages, self.candidate = reading, passages, candidate
        self.others = [other for other in others if other is not candidate]

    def of(self, actor: Actor) -> Features:
        """Return the features of an actor, each also with its kind."""
        parts = (
            self._by_rules,
            self._by_body,
            self._by_reference,
            self._by_visit,
            self._by_country,
            self._by_place,
            self._by_words,
        )
        held = [name for part in parts for name, holds in part(actor).items() if holds]
        kind = kind_name(actor)
        return {
            **dict.fromkeys(held, 1.0),
            **{f"{kind}: {name}": 1.0 for name in held},
            kind: 1.0,
            self._known: 1.0,
        }

    @cached_property
    def _known(self) -> str:
        """How many parties rules name."""
        return ("no party by rules", "one party by rules")[len(self._ruled)] if len(self._ruled) < 2 else "two by rules"

    @cached_property
    def _ruled(self) -> set[int]:
        return set(self.candidate.parties)

    # --- what rules say --------------------------------------------------------------------------------------------

    def _by_rules(self, actor: Actor) -> Held:
        number = actor.entity.number
        told = [each for m in self.candidate.mentions for each in m.told if each.actor.entity.number == number]
        found = {f"{each.slot} of a rule for {each.frame}": True for each in told}
        found |= {f"named {each.way}": True for each in told}
        found |= {f"as {each.actor.how}": True for each in told if each.actor.how not in {"named", "member"}}
        places = any(a.entity.number == number for m in self.candidate.mentions for a in m.places)
        return {
            **found,
            "no rule names it": not told,
            "two rules name it": len({(each.slot, each.frame) for each in told}) > 1,
            "where it was signed": places,
            "only implied by an adjective": actor.mention.derived,
            "only implied by a post": actor.how == "implied",
            "a fair or forum": actor.mention.event,
        }

    # --- persons and their bodies ------------------------------------------------------------------------------------

    def _by_body(self, actor: Actor) -> Held:
        number = actor.entity.number
        bodies = {body.entity.number for body in self.reading.bodies_of(actor.entity)}
        return {
            "its body is a party": bool(bodies & self._ruled),
            "body of a signatory": number in self._bodies(self.candidate.signers),
            "body of a person in its sentence": number in self._bodies(self._persons),
            "a person with a post": actor.entity.kind == "person" and bool(actor.post or actor.entity.post),
            "a person without a body": actor.entity.kind == "person" and not bodies,
        }

    def _bodies(self, persons: Iterable[int]) -> set[int]:
        return {body.entity.number for number in persons for body in self.reading.person_bodies.get(number, ())}

    @cached_property
    def _persons(self) -> set[int]:
        """Persons named in the sentences of the agreement."""
        return {n for n in self.passages.entities_in(self._own) if self.passages.entities[n].kind == "person"}

    # --- words that point back ---------------------------------------------------------------------------------------

    @cached_property
    def _references(self) -> list[Reference]:
        """References in the sentences of the agreement: "the university", "they", «вуз»."""
        return references_in(self.reading, self.candidate)

    def _by_reference(self, actor: Actor) -> Held:
        number = actor.entity.number
        found: dict[str, bool] = {}
        for reference in self._references:
            if any(meant.entity.number == number for meant in reference.actors):
                argument, _ = argument_and_verb(reference.token)
                found[f"meant by a word of its sentence, {reference.sort}"] = True
                found[f"meant by the {role_of(argument)} of a clause"] = True
        found["its sort is named in the sentence"] = actor.entity.kind != "person" and bool(
            _stems(actor.entity.name.split()) & self._sorts
        )
        return found

    @cached_property
    def _sorts(self) -> set[str]:
        """Beginnings of the nouns for bodies in the sentences of the agreement that name none: "two universities"."""
        found: set[str] = set()
        for mention in self.candidate.mentions:
            part = mention.part
            words = [t.lemma_ for t in part.sentence(mention.head) if in_class(t.lemma_, "bodies", part.language)]
            found |= _stems(w for w in words)
        return found

    # --- the visit it was signed on ----------------------------------------------------------------------------------

    @cached_property
    def _visits(self) -> list[VisitSides]:
        return visits_near(self.reading, self.passages, self._own)

    def _by_visit(self, actor: Actor) -> Held:
        number = actor.entity.number
        near = [visit for visit in self._visits if visit.is_near]
        return {
            "visitor of the visit near by": any(number in visit.came for visit in near),
            "host of the visit near by": any(number in visit.hosts for visit in near),
            "place of the visit near by": any(number in visit.places for visit in near),
            "side of a visit further off": any(number in v.everyone for v in self._visits if not v.is_near),
            "in no visit": not any(number in visit.everyone for visit in self._visits),
            "the parties are called both": self._means_both,
        }

    @cached_property
    def _means_both(self) -> bool:
        return any(mention.means_both for mention in self.candidate.mentions)

    # --- countries -----------------------------------------------------------------------------------------------

    def _by_country(self, actor: Actor) -> Held:
        code = country_of(self.reading, actor)
        others = [other for number, other in self.candidate.parties.items() if number != actor.entity.number]
        theirs = countries_of(self.reading, others)
        kinds = {kind_name(other) for other in others}
        bodies = [other for other in others if not is_country(other)]
        return {
            "of the country of a party": code in theirs,
            "of another country than the parties": bool(code and theirs) and code not in theirs,
            "its country is not known": code is None,
            "its name is in that of a body near by": actor.entity.kind == "place" and self._names_a_body(actor),
            "the country of a body that is a party": is_country(actor) and code in countries_of(self.reading, bodies),
            "the country of a body in its sentence": is_country(actor) and code in self._countries_of_bodies,
            "of the kind of a party": kind_name(actor) in kinds,
            "of another kind than the parties": bool(kinds) and kind_name(actor) not in kinds,
            "the sides are called states": self._are_called("states"),
            "the sides are called towns": self._are_called("towns"),
        }

    @cached_property
    def _countries_of_bodies(self) -> set[str]:
        bodies = [self.passages.entities[n] for n in self.passages.entities_in(self._own)]
        return {body.country for body in bodies if body.country and body.kind == "organization"}

    def _names_a_body(self, actor: Actor) -> bool:
        """Return whether a body of the sentences bears the name of a place: Shandong beside Shandong University."""
        own = _stems(actor.entity.name.split())
        bodies = [self.passages.entities[n] for n in self.passages.entities_in(self._own)]
        return any(own <= _stems(body.name.split()) for body in bodies if own and body.kind == "organization")

    def _are_called(self, name: str) -> bool:
        """Return whether the slots for parties hold a noun of a class: "the two countries signed"."""
        slots = [s for m in self.candidate.mentions for match in m.matches for s in match.slots]
        chosen = [slot for slot in slots if slot.slot in {"parties", "partners"}]
        heads = [slot.phrase.head for slot in chosen] + [ref.token for slot in chosen for ref in slot.phrase.refs]
        return any(in_class(head.lemma_, name, head.lang_) for head in heads)

    # --- where it stands -------------------------------------------------------------------------------------------

    @cached_property
    def _own(self) -> set[int]:
        """Numbers of the sentences that tell of the agreement."""
        return self.passages.numbers_of(self.candidate.mentions)

    @cached_property
    def _others_own(self) -> set[int]:
        known = self.passages.by_key
        told = (m.sentence for other in self.others for m in other.mentions if m.matches)
        return {known[key].number for key in told if key in known} - self._own

    @cached_property
    def _blocks(self) -> set[int]:
        return {mention.part.index for mention in self.candidate.mentions}

    def _by_place(self, actor: Actor) -> Held:
        number = actor.entity.number
        found = self.passages.mentions.get(number, ())
        inside = any(s.number in self._own for s, _ in found)
        after = any(s.number - 1 in self._own and not s.is_title for s, _ in found)
        before = any(s.number + 1 in self._own and not s.is_title for s, _ in found)
        two_before = any(s.number + 2 in self._own and not s.is_title for s, _ in found)
        title = any(s.is_title for s, _ in found)
        near = inside or after or before
        return {
            "in a sentence that tells of it": inside,
            "in the sentence after": after and not inside,
            "in the sentence before": before and not inside and not after,
            "two sentences before": two_before and not near,
            "near, in the same block": near and not inside and any(s.part.index in self._blocks for s, _ in found),
            "in the headline": title,
            "only in the headline": title and not near,
            "far from it": not near and not title and not two_before,
            "in the first sentence of the text": any(s.number <= self._first for s, _ in found),
            "named in a passage of another agreement": any(s.number in self._others_own for s, _ in found),
            "party of another agreement": any(number in other.parties for other in self.others),
            "party of another agreement in its sentence": number in self._beside,
            "party of the agreement told of before": number in self._before,
            "named several times": len(found) > 2,
            "the body named most often": number == self._main_body,
            "the place of the dateline": self.reading.dateline is not None
            and self.reading.dateline.entity.number == number,
        }

    @cached_property
    def _main_body(self) -> int | None:
        """The organization with the most mentions, if it has at least three."""
        bodies = [e for e in self.reading.entities.all if e.kind == "organization" and len(e.mentions) > 2]
        return max(bodies, key=lambda e: len(e.mentions)).number if bodies else None

    @cached_property
    def _beside(self) -> set[int]:
        """Parties by rules of other agreements of the same sentences."""
        keys = {mention.sentence for mention in self.candidate.mentions}
        rivals = [m for other in self.others for m in other.mentions if m.sentence in keys]
        return {actor.entity.number for mention in rivals for actor in mention.parties}

    @cached_property
    def _before(self) -> set[int]:
        """Parties by rules of the agreement told of right before."""
        earlier = [other for other in self.others if other.offset < self.candidate.offset and other.parties]
        return set(max(earlier, key=lambda other: other.offset).parties) if earlier else set()

    @cached_property
    def _first(self) -> int:
        return next((s.number for s in self.passages.sentences if not s.is_title), 0)

    # --- words around it -------------------------------------------------------------------------------------------

    def _by_words(self, actor: Actor) -> Held:
        found: dict[str, bool] = {}
        for sentence, mention in self.passages.mentions.get(actor.entity.number, ()):
            root = sentence.part.root(mention)
            if sentence.number in self._own:
                found |= dict.fromkeys(self._by_clause(sentence, mention, root), True)
            elif sentence.is_title or any(abs(sentence.number - n) <= 1 for n in self._own):
                found |= {f"near by, {name}": True for name in _in_its_clause(root)}
            if is_speaker(root):
                found["speaks"] = True
            if any(abs(sentence.number - n) <= 1 for n in self._own):
                found |= dict.fromkeys(_beside_signing(sentence, root), True)
        return found

    def _by_clause(self, sentence: Sentence, mention: Mention, root: Token) -> Iterator[str]:
        """Yield features from where a name stands to the instrument noun of its sentence."""
        key = (sentence.part.index, sentence.span.start)
        own = [m for m in self.candidate.mentions if m.sentence == key]
        near = min(own, key=lambda m: abs(m.head.i - root.i), default=None)
        yield from _in_its_clause(root)
        yield from _beside_body(sentence.part, mention, root)
        if near is None:
            return
        yield from _to_noun(near, mention, root)
        if any(self.reading.entities.of(other).number in self._ruled for other in fellows(sentence.part, mention)):
            yield "in a row with a party"
        if self._is_nearer_to_another(sentence, near, root):
            yield "nearer to the noun of another agreement"
        low, high = sorted((near.head.i, root.i))
        if not any(
            m.kind in {"organization", "place"} and low < m.start and m.end <= high for m in sentence.part.mentions
        ):
            yield "nearest before the noun" if root.i < near.head.i else "nearest behind the noun"

    def _is_nearer_to_another(self, sentence: Sentence, near: AgreementMention, root: Token) -> bool:
        """Return whether another agreement of the sentence stands nearer: "a pact with A and a memorandum with B"."""
        gap = abs(near.head.i - root.i)
        rivals = (m for other in self.others for m in other.mentions if m.part is sentence.part)
        inside = (m for m in rivals if sentence.span.start <= m.head.i < sentence.span.end)
        return any(abs(m.head.i - root.i) < gap for m in inside)


def _stems(words: Iterable[str]) -> set[str]:
    return {fold(word)[:_STEM] for word in words if len(word) >= _STEM}


_STEM = 5  # letters that forms of a word have in common: university, universities, университета


def references_in(reading: Reading, candidate: AgreementCandidate) -> list[Reference]:
    """Return the words in the sentences of an agreement that point back to somebody."""
    keys = {mention.sentence for mention in candidate.mentions}
    found = [each for each in reading.references.values() if each.actors]
    return [each for each in found if (each.part.index, each.part.sentence(each.token).start) in keys]


def _in_its_clause(root: Token) -> Iterator[str]:
    argument, _ = argument_and_verb(root)
    yield f"{role_of(argument)} of its clause"
    yield from (f"behind a preposition of {name}" for name in sorted(preposition_classes(root)))


def _beside_signing(sentence: Sentence, root: Token) -> Iterator[str]:
    """Yield on which side of a word for signing a name stands in its sentence, whatever the tree says."""
    words = [t for t in sentence.span if in_class(t.lemma_, "signing_words", sentence.part.language)]
    near = min(words, key=lambda t: abs(t.i - root.i), default=None)
    if near is not None:
        low, high = sorted((near.i, root.i))
        verbs = any(t.pos_ == "VERB" for t in sentence.part.doc[low + 1 : high])
        yield ("before" if root.i < near.i else "behind") + " a word for signing" + (", far" if verbs else "")


def _beside_body(part: Part, mention: Mention, root: Token) -> Iterator[str]:
    """Yield whether a name only tells where a body is: "the Xi'an company Loess Tech", "UzAuto (Samarkand)"."""
    if any(_is_body(part, token) for token in nouns_above(root)):
        yield "hangs on a body"
    if mention.start and part.doc[mention.start - 1].text == "(":
        yield "in brackets"


def _is_body(part: Part, token: Token) -> bool:
    mention = part.at(token)
    if mention is not None and not mention.derived:
        return mention.kind == "organization"
    return in_class(token.lemma_, "bodies", part.language)


def _to_noun(near: AgreementMention, mention: Mention, root: Token) -> Iterator[str]:
    """Yield how a name stands to an instrument noun: inside its phrase, in its clause, in a clause above or below."""
    head, above = near.head, {token.i for token in root.ancestors}
    argument, verb = argument_and_verb(root)
    _, own_verb = argument_and_verb(head)
    if head.i in above:
        yield "in the phrase of the noun"
        if root.i < head.i:
            yield "before the noun, in its phrase"
        yield from (f"in the phrase of the noun, by {name}" for name in sorted(preposition_classes(root)))
    elif any(token.i == head.i for token in nouns_above(root)):
        yield "above the noun"
    if verb.i in {own_verb.i, near.trigger.i} and head.i not in above:
        yield f"{role_of(argument)} of the verb of the noun"
    elif verb.i in {token.i for token in head.ancestors}:
        yield f"{role_of(argument)} of a verb above the noun"
    if near.part.at(head) is mention:
        yield "its name holds the noun"


def kind_name(actor: Actor) -> str:
    """Name the kind of an actor: "person", "organization", "country" or "town"."""
    if actor.entity.kind == "place":
        return "country" if is_country(actor) else "town"
    return str(actor.entity.kind)


def beside_features(reading: Reading, party: Argument, parties: Sequence[Argument]) -> Features:
    """Return the features of a party beside the other candidates of its agreement.

    The University of Oulu beside Oulu and Porto University → "a surer one bears its name"
    """
    others = [each for each in parties if each is not party]
    surer = [each for each in others if each.probability > party.probability]
    sure = [each for each in others if each.probability >= _SURE]
    kind, code = kind_name(party.actor), country_of(reading, party.actor)
    held = {
        f"{('surest', 'second', 'third')[min(len(surer), 2)]} of all": True,
        f"{('no other', 'one other', 'two others')[min(len(sure), 2)]} sure": True,
        "a surer one of its country": any(code and country_of(reading, each.actor) == code for each in surer),
        "two surer ones of two countries, of its kind": _are_two_sides(reading, kind, surer),
        "a surer one bears its name": any(_share_words(party.actor, each.actor) for each in surer),
        "a surer one of its kind": any(kind_name(each.actor) == kind for each in surer),
        "surer ones of another kind only": bool(surer) and all(kind_name(each.actor) != kind for each in surer),
    }
    named = {name: 1.0 for name, holds in held.items() if holds}
    odds = max(-6.0, min(6.0, log_odds(party.probability)))
    return {**named, **{f"{kind}: {name}": 1.0 for name in named}, "by itself": odds, f"{kind}: by itself": odds}


_SURE = 0.6  # probability by itself from which on a party counts as sure


def _are_two_sides(reading: Reading, kind: str, surer: Sequence[Argument]) -> bool:
    """Return whether some actors of a kind belong to two countries."""
    codes = {country_of(reading, each.actor) for each in surer if kind_name(each.actor) == kind}
    return len(codes - {None}) > 1


def _share_words(a: Actor, b: Actor) -> bool:
    """Return whether one of two names holds all long words of the other: "Oulu", "University of Oulu"."""
    mine, theirs = ({w.lower()[:6] for w in x.entity.name.split() if len(w) > 3} for x in (a, b))
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)
