"""Named features that tell whether a candidate is an agreement of the text at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coopex.events.agreements.features import kind_name
from coopex.events.agreements.identity import in_class_before, is_definite, is_several
from coopex.events.agreements.nouns import is_generic_noun
from coopex.events.agreements.types import SLOTS, AgreementCandidate, AgreementMention
from coopex.events.argument import Argument
from coopex.events.clauses import argument_and_verb
from coopex.matching.lexicon import classes_with, in_class
from coopex.matching.paths import has
from coopex.matching.status import is_alleged, read_status
from coopex.resolve.cues import read_cues
from coopex.resolve.reading import Reading

Features = dict[str, float]
_CONTEXTS = ("cooperation", "conflict", "crime", "law", "employment", "household", "market", "play")


def agreement_features(
    reading: Reading,
    candidate: AgreementCandidate,
    arguments: Sequence[Argument],
    weighed: Sequence[Argument],
    others: Sequence[AgreementCandidate],
) -> Features:
    """Return the features that tell whether a candidate is an agreement of the text."""
    held = [
        *_of_mentions(candidate),
        *_of_nouns(candidate),
        *_of_words(candidate),
        *_of_text(reading, candidate, others),
    ]
    return {**dict.fromkeys(held, 1.0), **_of_arguments(arguments, weighed)}


def _of_mentions(candidate: AgreementCandidate) -> Iterator[str]:
    mentions = candidate.mentions
    whole = [match for m in mentions for match in m.matches if not match.lacking]
    yield from {f"told by a rule for {match.rule.frame}" for match in whole}
    if not whole:
        yield "no rule found all it asks for"
    if len(mentions) > 1:
        yield "told by two mentions"
    if len(mentions) > 3:
        yield "told by four mentions"
    yield f"is {candidate.status}"
    yield f"kind: {candidate.kind}"
    if candidate.headline_only:
        yield "told only by the headline"
    if len({m.part.block.kind for m in mentions}) > 1:
        yield "told by headline and text"
    if any(m.date for m in mentions):
        yield "dated"
    elif any(m.loose_date for m in mentions):
        yield "a date in its sentence"
    if any(m.means_both for m in mentions):
        yield "its parties are called both"
    if any(m.places for m in mentions):
        yield "where it was signed is told"


def _of_nouns(candidate: AgreementCandidate) -> Iterator[str]:
    first = candidate.mentions[0]
    language = first.part.language
    if not any(m.has_noun for m in candidate.mentions):
        yield "no noun"
        return
    if is_definite(first):
        yield "definite at its first mention"
    if any(child.lower_ in {"a", "an"} for child in first.head.children):
        yield "indefinite at its first mention"
    if all(is_generic_noun(m.head, language) for m in candidate.mentions if m.has_noun):
        yield "only generic nouns"
    if is_several(first.head):
        yield "several at its first mention"
    if all(m.part.at(m.head) is not None for m in candidate.mentions if m.has_noun):
        yield "the noun stands inside a name"
    if any(_is_hiring(m) for m in candidate.mentions):
        yield "with a player or an actor"
    if any(is_alleged(m.part, m.head) for m in candidate.mentions):
        yield "said not to be real"
    yield from {f"first mention: {name}" for name in _role(first)}


def _role(mention: AgreementMention) -> Iterator[str]:
    """Yield what the first mention is to its verb, and the sort of the verb."""
    argument, verb = argument_and_verb(mention.head)
    relation = argument.dep_.split(":")[0]
    yield relation if relation in {"obj", "nsubj", "obl", "root", "nmod", "conj"} else "another relation"
    if in_class_before(mention, "under_prepositions"):
        yield "under it"
    if in_class(verb.lemma_, "speech", mention.part.language):
        yield "of a verb of speech"
    if verb.pos_ in {"VERB", "AUX"}:
        if has(verb, "Tense", "Past"):
            yield "of a verb in the past"
        if has(verb, "VerbForm", "Inf") or has(verb, "Mood", "Cnd") or any(c.tag_ == "MD" for c in verb.children):
            yield "of a verb that is no fact"
    if argument.i != mention.head.i:
        yield "hangs on another noun"


def _is_hiring(mention: AgreementMention) -> bool:
    """Return whether a contract is one of sport or work: "a contract with the Serbian midfielder Nikola Ilić"."""
    language = mention.part.language
    heads = [
        s.phrase.head for m in mention.matches for s in m.slots if s.slot in {"parties", "partners", "signatories"}
    ]
    return any(
        in_class(token.lemma_, "hires", language)
        for head in heads
        for token in (head, *head.children)
        if token.i == head.i or token.dep_ in {"appos", "compound", "nmod:desc", "flat", "amod"}
    )


def _of_words(candidate: AgreementCandidate) -> Iterator[str]:
    mentions = candidate.mentions
    language = mentions[0].part.language
    words = (token for m in mentions for token in m.part.sentence(m.head))
    beside = {held for token in words for held in classes_with(token.lemma_, language)}
    for name in _CONTEXTS:
        if f"context_{name}" in beside:
            yield f"beside words of {name}"
    cues = [read_cues(m.part, m.head) for m in mentions]
    if all(cue.recalled for cue in cues):
        yield "recalled"
    if any(cue.generic for cue in cues):
        yield "a habit, no single one"
    if any(read_status(m.part, m.trigger, "noun" if m.trigger is m.head else "active").denied for m in mentions):
        yield "denied"
    if all(any(t.text in '"«“' for t in m.part.sentence(m.head)) for m in mentions):
        yield "only in quoted words"


def _of_text(reading: Reading, candidate: AgreementCandidate, others: Sequence[AgreementCandidate]) -> Iterator[str]:
    rivals = [other for other in others if other is not candidate]
    ruled = [other for other in rivals if any(m.matches for m in other.mentions)]
    if not ruled:
        yield "the only one of the text"
    if len(ruled) > 3:
        yield "one of many"
    if all(candidate.offset <= other.offset for other in rivals):
        yield "told first"
    before = [other for other in rivals if other.offset < candidate.offset]
    bound = candidate.parties.keys()
    if any(len(bound & other.parties.keys()) > 1 for other in before):
        yield "its parties are those of one told of before"
    if any(other.kind == candidate.kind for other in before):
        yield "another of its kind told of before"
    if candidate.kind == "other" and any(
        o.kind != "other" and o.parties for o in rivals if o.offset > candidate.offset
    ):
        yield "sums up others told of after it"
    if reading.visits:
        yield "the text tells of a visit"


def _of_arguments(arguments: Sequence[Argument], weighed: Sequence[Argument]) -> Features:
    found: Features = {}
    for slot in SLOTS:
        actors = [each.actor for each in arguments if each.slot == slot]
        found |= {f"{slot}: {kind_name(actor)}": 1.0 for actor in actors}
        found[f"{slot}: {('none', 'one', 'two', 'more')[min(len(actors), 3)]}"] = 1.0
        best = sorted((each.probability for each in weighed if each.slot == slot), reverse=True)
        found[f"how sure the first of the {slot} is"] = best[0] if best else 0.0
        found[f"how sure the second of the {slot} is"] = best[1] if len(best) > 1 else 0.0
    return found
