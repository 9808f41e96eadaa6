"""Whether an event happened, goes on, is planned, only proposed or called off, with the cue that says so.

"plans to visit Harbin" at "visit" → planned, cue "plans". "failed to sign" at "sign" → denied. The cues and
where they stand are data in `rules/status.yaml`; this module knows which words are in the scope of a trigger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from coopex.dates.find import find_date_words
from coopex.matching.lexicon import LANGUAGES, in_class, read_rules_file
from coopex.matching.paths import has, is_not_only, prepositions
from coopex.matching.text import Part
from coopex.matching.tree import Token

Effect = Literal[
    "planned",
    "proposed",
    "cancelled",
    "postponed",
    "ongoing",
    "ended",
    "negated",
    "failed",
    "denied",
    "excluded",
    "realised",
    "asked",
    "moved",
]
_UP_VERB = {"xcomp", "ccomp", "csubj", "csubj:pass", "acl"}
_UP_NOUN = {"obj", "nsubj", "nsubj:pass", "iobj"}
_CLAUSES = {"ccomp", "csubj", "acl", "acl:relcl"}
_MEANWHILE = {
    "at",
    "на",
    "during",
    "after",
    "following",
    "before",
    "amid",
    "in the course of",
    "в ходе",
    "во время",
    "после",
    "по итогам",
}
_MAX_CHAIN = 4
_DATE_WORDS = 4  # words that a day takes, from its first on
_CLOSING = set("\"'”’»)")
_IS = {"is", "are", "'s", "’s"}
_OPEN = {"planned", "proposed", "ongoing"}
_ANNULLING = {"cancelled", "postponed", "failed", "denied", "excluded", "moved"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A group of words with one effect, in one position."""

    id: str
    at: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Status:
    """What the words around a trigger say: an effect (None: a plain past event) and the token that says it.

    `realised` says that a plan came about: "the visit took place".
    """

    effect: Effect | None = None
    cue: Token | None = None
    rule: str | None = None
    denied: bool = False
    past: bool = False
    realised: bool = False

    @property
    def cue_text(self) -> str:
        """Surface form of the cue, "" without one."""
        return self.cue.text if self.cue is not None else ""


@lru_cache(maxsize=1)
def _cues() -> dict[tuple[str, str, str], Cue]:
    """Index cues by language, position and lemma."""
    index: dict[tuple[str, str, str], Cue] = {}
    for raw in read_rules_file("status.yaml"):
        cue = Cue(raw["id"], raw["at"], raw["effect"])
        for language in LANGUAGES:
            for word in raw.get(language, ()):
                index.setdefault((language, cue.at, str(word).replace("ё", "е")), cue)
    return index


def _cue(part: Part, token: Token, at: str, below: Token | None = None) -> Cue | None:
    """Look a word up as a cue; what stands with it may change it.

    A particle ("call_off"), the preposition of the word `below` it («выйти_из»), its object ("accept_invitation"), or
    that it speaks of a report ("rejected reports of a visit" → "reject_report").
    """
    index, lemma = _cues(), token.lemma_.lower().replace("ё", "е")
    particle = _particle(token)
    keys = [f"{lemma}_{particle}"] if particle else [f"{lemma}_{case}" for case in prepositions(below)] if below else []
    keys += [f"{lemma}_{child.lemma_.lower()}" for child in token.children if child.dep_ == "obj"]
    if below is not None and in_class(below.lemma_, "reports", part.language):
        keys.insert(0, f"{lemma}_report")
    plain = [] if particle else [lemma, token.lower_.replace("ё", "е")]
    return next((index[part.language, at, key] for key in [*keys, *plain] if (part.language, at, key) in index), None)


def _particle(token: Token) -> str | None:
    """Give the particle of an English verb: "called the trip off" at "called" → "off"."""
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    if token.pos_ == "VERB" and following == "off":
        return "off"
    return next((child.lower_ for child in token.children if child.dep_ == "compound:prt"), None)


def _below(token: Token, trigger: Token) -> Token | None:
    """Give the dependent of `token` under which the trigger stands."""
    step = trigger
    while step.head.i not in {token.i, step.i}:
        step = step.head
    return step if step.head.i == token.i and step.i != token.i else None


def read_status(part: Part, trigger: Token, form: str) -> Status:
    """Read the status of the event that `trigger` names.

    The nearest cue wins, except that what is planned may be called off or denied further up: "The planned visit was
    called off", "denied that it plans to sign".
    """
    if asking := _asked(part, trigger, form):
        return Status("asked", asking, denied=True)
    negation: tuple[Token, Cue] | None = None
    open_end: Status | None = None
    realised = False
    for level in _levels(part, trigger, form):
        negation = negation or _negation(part, level, trigger)
        for token, at in level:
            found = _effect(part, token, at, trigger)
            if found and found[1] is None:
                token = _tense_bearer(token)
            if found and found[0] == "realised" and negation is None:
                realised = realised or not _is_ahead(part, token)
                continue  # "the visit took place"
            if found and (found[0] in _ANNULLING or (open_end is None and found[0] not in _OPEN)):
                return _combine(found[0], token, found[1], negation or _own_negation(part, found[0], token))
            if found and open_end is None:
                open_end = _combine(found[0], token, found[1], negation)
    if open_end and open_end.effect in {"planned", "proposed"} and (turn := _fell_through(part, trigger)):
        return Status("cancelled", turn, "status.cancelled")
    if open_end:
        return open_end
    if negation:
        return Status("negated", negation[0], negation[1].id, denied=True)
    return Status(past=True, realised=realised)


def _is_ahead(part: Part, verb: Token) -> bool:
    """Tell whether a verb is in the future or depends on one: "will take place", "is to take place"."""
    return _tense_effect(part, verb, verb) is not None or any(
        (cue := _cue(part, child, "modifier")) is not None and cue.effect != "negated" for child in _modifiers(verb)
    )


def _asked(part: Part, trigger: Token, form: str) -> Token | None:
    """Give the mark of a question whether the event happens: "Will she visit Oslo?", «приедет ли он»."""
    if form == "noun":
        return None
    clause = trigger
    for _ in range(_MAX_CHAIN):
        for child in clause.children:
            if child.lower_ == "ли" or (child.lower_ == "whether" and not _is_aim(clause)):
                return child
        if clause.head.i == clause.i or clause.dep_ not in {"conj", "xcomp", "ccomp", "csubj"}:
            break
        clause = clause.head
    sentence = trigger.sent
    end = next((token for token in reversed(sentence) if token.text not in _CLOSING), sentence[-1])
    if end.text != "?" or clause.head.i != clause.i:
        return None
    return None if any(in_class(token.lemma_, "asking", part.language) for token in sentence) else end


def _is_aim(clause: Token) -> bool:
    """Tell whether a clause has "to" and no subject: "whether to visit"."""
    words = {child.lower_ for child in clause.children if child.dep_ in {"mark", "aux"}}
    return "to" in words and not any(child.dep_ in {"nsubj", "nsubj:pass"} for child in clause.children)


def _fell_through(part: Part, trigger: Token) -> Token | None:
    """Give the word that says that a plan came to nothing: "was due to come but cancelled"."""
    clause = trigger
    for _ in range(_MAX_CHAIN):
        for other in clause.children:
            if other.i > trigger.i and other.dep_ in {"conj", "parataxis", "advcl"} and _turns(part, other):
                cue = _cue(part, other, "governor")
                if cue is not None and cue.effect in {"cancelled", "failed"} and not _names_another(part, other):
                    return other
                negated = next((c for c in other.children if c.dep_ == "advmod" and _is_not(part, c)), None)
                if negated is not None and _goes(part, other):
                    return negated
        if clause.head.i == clause.i:
            return None
        clause = clause.head
    return None


def _turns(part: Part, clause: Token) -> bool:
    """Tell whether a clause is set against the one before: "but", «однако»."""
    beside = (*clause.children, *clause.head.children)
    return any(
        in_class(child.lower_, "adversatives", part.language)
        for child in beside
        if child.dep_ in {"cc", "advmod", "mark", "discourse"}
    )


def _names_another(part: Part, verb: Token) -> bool:
    """Tell whether a verb of calling off has an object of its own: "but cancelled the contract"."""
    return any(
        child.dep_ in {"obj", "obl"} and not in_class(child.lemma_, "journeys", part.language)
        for child in verb.children
        if child.pos_ in {"NOUN", "PROPN"} and not prepositions(child)
    )


def _is_not(part: Part, token: Token) -> bool:
    cue = _cue(part, token, "modifier")
    return cue is not None and cue.effect == "negated"


def _goes(part: Part, verb: Token) -> bool:
    """Tell whether a verb says again that somebody comes: "but did not come", or that it came about."""
    return in_class(verb.lemma_, "arriving", part.language)


def _tense_bearer(token: Token) -> Token:
    """Give the copula, where the tense stands on one: "is in Kuwait" at "Kuwait" → is."""
    return next((child for child in token.children if child.dep_ == "cop"), token)


def is_alleged(part: Part, token: Token) -> bool:
    """Tell whether a modifier says that what a noun names is not real: "fictitious contracts"."""
    cues = (_cue(part, child, "modifier") for child in _modifiers(token))
    return any(cue is not None and cue.effect == "denied" for cue in cues)


def _negation(part: Part, level: list[tuple[Token, str]], trigger: Token) -> tuple[Token, Cue] | None:
    for token, at in level:
        cue = _cue(part, token, at)
        nearly = token.head.i != trigger.i and _almost(part, token.head)
        if cue and cue.effect == "negated" and not is_not_only(token) and not nearly:
            return token, cue
    return next(((child, _ALMOST) for child in trigger.children if _is_almost(part, child)), None)


def _own_negation(part: Part, effect: Effect, verb: Token) -> tuple[Token, Cue] | None:
    """Give the negation of a verb that excludes: "does not rule out that they will come"."""
    if effect != "excluded":
        return None
    return next(((child, _ALMOST) for child in verb.children if _is_not(part, child)), None)


_ALMOST = Cue("status.almost", "modifier", "negated")


def _almost(part: Part, token: Token) -> bool:
    """Tell whether something nearly happened and did not: "nearly cancelled", «едва не отменил»."""
    return any(_is_almost(part, word) for child in token.children for word in (child, *child.children))


def _is_almost(part: Part, token: Token) -> bool:
    """Tell whether a word says that what it stands with nearly happened; in Russian with the negation behind it."""
    if token.dep_ != "advmod" or not in_class(token.lower_, "almost", part.language):
        return False
    return part.language == "en" or (token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "не")


def _effect(part: Part, token: Token, at: str, trigger: Token) -> tuple[Effect, str | None] | None:
    below = _below(token, trigger)
    cue = _cue(part, token, "governor" if at == "clause" else at, below if at != "modifier" else None)
    if cue is None or _granted(part, token):
        if at == "clause" or (below is not None and in_class(below.lemma_, "reports", part.language)):
            return None  # "reports of a visit are going round": the tense is that of the reports
        tensed = _tense_effect(part, token, trigger)
        return (tensed, None) if tensed else None
    if cue.effect == "negated" or _plain_motion(token, trigger, part):
        return None
    if cue.effect in _ANNULLING and _almost(part, token):
        return None
    if cue.effect in {"postponed", "moved"}:
        moved = _has_new_day(part, token)
        return ("moved", cue.id) if moved else None if cue.effect == "moved" else (cue.effect, cue.id)
    if cue.id == "status.modal" and (effect := _unreal(part, token)):
        return effect, cue.id
    if token.lower_ == "would" and _reported(token.head):
        return "planned", cue.id
    if at == "governor" and _foregone(part, token):
        return "postponed", cue.id
    return cue.effect, cue.id


def _has_new_day(part: Part, verb: Token) -> bool:
    """Tell whether a day is named to which an event was moved: "moved to 26 October", «перенесён на осень»."""
    goals = (child for child in verb.children if set(prepositions(child)) & {"to", "until", "till", "for", "на"})
    return any(find_date_words(_text_from(goal), part.language).found for goal in goals)


def _text_from(goal: Token) -> str:
    """Give the text from the preposition of a word on, a few words: "moved to 26 October" → "to 26 October"."""
    start = min(word.i for word in goal.subtree)
    return str(goal.doc[start : min(goal.i + _DATE_WORDS, goal.sent.end)].text)


def _unreal(part: Part, modal: Token) -> Effect | None:
    """Give the effect of a modal that speaks of what did not happen: "would have visited", "should have come"."""
    verb = modal.head
    if part.language == "ru":
        against = (child for child in verb.children if child.dep_ == "advcl")
        unreal = any(word.lower_ in {"бы", "б", "будь"} for clause in against for word in (clause, *clause.children))
        return "denied" if unreal and has(verb, "Tense", "Past") else None
    if verb.tag_ != "VBN" or not any(child.lower_ == "have" for child in verb.children if child.dep_ == "aux"):
        return None
    effects: dict[str, Effect] = {"would": "denied", "could": "denied", "should": "cancelled"}
    return effects.get(modal.lower_)


def _foregone(part: Part, verb: Token) -> bool:
    """Tell whether a plan is told as past: "had hoped to travel"; a document so planned is still to be signed."""
    return (
        verb.tag_ == "VBN"
        and in_class(verb.lemma_, "foregone", part.language)
        and any(child.dep_ == "aux" and child.lower_ in {"had", "'d", "’d"} for child in verb.children)
    )


def _granted(part: Part, token: Token) -> bool:
    """Tell whether an opportunity was given, and so used: "had the opportunity to visit"."""
    return in_class(token.lemma_, "chances", part.language) and in_class(token.head.lemma_, "grants", part.language)


def _reported(verb: Token) -> bool:
    """Tell whether a clause is told in the past: "said that the delegation would visit"."""
    return verb.dep_ == "ccomp" and has(verb.head, "Tense", "Past")


def _combine(effect: Effect, token: Token, rule: str | None, negation: tuple[Token, Cue] | None) -> Status:
    if effect == "excluded":
        return Status("proposed", token, rule) if negation else Status("denied", token, rule, denied=True)
    if effect == "realised" and negation:
        return Status("cancelled", negation[0], rule)
    if negation and effect in {"planned", "ongoing"}:
        return Status("cancelled", negation[0], negation[1].id)
    if effect in {"failed", "denied"}:
        return Status(effect, token, rule, denied=negation is None)
    if negation and effect == "proposed":
        return Status("negated", negation[0], negation[1].id, denied=True)
    if negation and effect in {"cancelled", "postponed"}:
        return Status("planned", token, rule)
    return Status(effect, token, rule)


def _plain_motion(token: Token, trigger: Token, part: Part) -> bool:
    """Tell whether "go" or "want" stands only as an ordinary verb.

    "is going to visit" plans, "went to visit" does not.
    """
    if part.language == "en" and token.lemma_.lower() == "go":
        return token.tag_ != "VBG"
    return False


def _levels(part: Part, trigger: Token, form: str) -> Iterator[list[tuple[Token, str]]]:
    """Give the words that may carry a cue, with their position, level by level up the tree."""
    own = [(child, "modifier") for child in _modifiers(trigger)]
    if trigger.dep_ == "cop":  # "is due in Beijing": the cues hang on the place
        beside = [child for child in _modifiers(trigger.head) if child.i != trigger.i]
        own += [(child, at) for child in beside for at in ("modifier", "governor")]
    own += [(child, "governor") for child in trigger.children if child.lower_ == "due" and child.i < trigger.i]
    if form != "noun" or any(child.dep_ == "cop" for child in trigger.children):
        own.append((trigger, "self"))
    yield own
    if (
        trigger.dep_ in {"acl", "amod"}
        and (trigger.tag_ == "VBN" or has(trigger, "VerbForm", "Part"))
        and not any(child.dep_ in {"mark", "nsubj", "nsubj:pass"} for child in trigger.children)
    ):
        return  # "the protocol signed in 2018 was never fulfilled": the main clause says nothing of the signing
    token = trigger
    for _ in range(_MAX_CHAIN):
        head = token.head
        if head.i == token.i or not _passes(part, token, head):
            return
        level = [(head, "governor")] if token.dep_ != "conj" else []
        if token.dep_ in _CLAUSES and _own_tense(token):
            denying = _modifiers(head) if in_class(head.lemma_, "truths", part.language) else []
            yield [*((found, "clause") for found, _ in level), *((child, "modifier") for child in denying)]
            if head.pos_ != "NOUN" and not _points_ahead(head):
                return
            token = head
            continue
        beside = [child for child in _modifiers(head) if child.i != token.i]
        if any(child.dep_ == "cop" for child in beside):  # "is due in Riga for a visit"
            level = [*((child, "governor") for child in beside), *level]
        yield [*level, *((child, "modifier") for child in beside), (head, "self")]
        token = head


def _own_tense(token: Token) -> bool:
    """Tell whether a clause is finite, so that the tense of what reports it says nothing of it.

    «Агентство сообщает, что делегация посетила Гомель»: the visit is over.
    """
    subject = any(child.dep_ in {"nsubj", "nsubj:pass"} for child in token.children)
    return subject or token.tag_ in {"VBD", "VBZ", "VBP"} or has(token, "VerbForm", "Fin")


def _points_ahead(token: Token) -> bool:
    """Tell whether a pronoun only announces a clause: «сообщения о том, что министр приезжал»."""
    return token.pos_ in {"PRON", "DET"} and token.lemma_.lower() in {"тот", "то"}


def _modifiers(token: Token) -> list[Token]:
    wanted = {"aux", "aux:pass", "advmod", "amod", "acl", "det", "cop", "mark", "case", "discourse", "cc:preconj"}
    return (
        [child for child in token.children if child.dep_ in wanted]
        + [
            word
            for child in token.children
            if child.dep_ in {"nsubj", "nsubj:pass", "obj"}
            for word in (child, *child.children)
            if has(word, "PronType", "Neg") or word.lower_ in {"neither", "ни"}
        ]
        + [
            word  # "no longer plans", "has not yet been signed"
            for child in token.children
            if child.dep_ == "advmod" and child.lower_ in {"longer", "yet", "more"}
            for word in child.children
            if word.dep_ in {"advmod", "det"}
        ]
    )


def _passes(part: Part, token: Token, head: Token) -> bool:
    """Tell whether the status of `head` holds for `token` too."""
    if token.pos_ in {"NOUN", "PROPN", "PRON"}:
        if token.dep_ in _UP_NOUN:
            return True
        if token.dep_ == "obl" and set(prepositions(token)) & _MEANWHILE:
            return False  # "discussed during the visit": the visit itself is not only discussed
        if token.dep_ in {"obl", "nmod"} and set(prepositions(token)) & {"on", "for"} and _is_whereabouts(head):
            return True  # "is in Kuwait on an official visit"
        if token.dep_ == "obl":
            return in_class(head.lemma_, "light", part.language) or _cue(part, head, "governor") is not None
        return token.dep_ in {"nmod", "acl"} and (_framing(part, head) or _cue(part, head, "governor") is not None)
    if token.dep_ == "conj":
        return _shares_auxiliary(token)
    if in_class(head.lemma_, "certainties", part.language):
        return False  # "there is no doubt that they came"
    if token.dep_ in {"acl", "acl:relcl"} and (_points_ahead(head) or _tells(part, token, head)):
        return True
    if token.dep_ == "nmod" and token.pos_ == "VERB":
        return True  # natasha hangs the infinitive of «приглашение посетить» so
    if token.dep_ == "advcl" and token.tag_ == "VBG" and _behind(token) & {"of", "from"}:
        return _cue(part, head, "governor") is not None  # "refrained from signing"
    return token.dep_ in _UP_VERB or (
        token.dep_ == "advcl"
        and _infinitive(token)
        and (_cue(part, head, "governor") is not None or _carries_tense_elsewhere(head))
    )


def _behind(clause: Token) -> set[str]:
    """Give the words that lead in a clause: "from signing" → from."""
    return {child.lower_ for child in clause.children if child.dep_ in {"mark", "case"}}


def _carries_tense_elsewhere(head: Token) -> bool:
    """Tell whether another word tells when the head of an aim comes: "will fly to Lima to sign", "hopes to fly to"."""
    beside = {child.dep_ for child in head.children}
    return head.tag_ == "VB" or ("cop" in beside and "aux" in beside)


def _is_whereabouts(head: Token) -> bool:
    """Tell whether a word says where somebody is: "is in Kuwait"."""
    return any(child.dep_ == "cop" for child in head.children) and bool({"in", "at"} & set(prepositions(head)))


def _framing(part: Part, noun: Token) -> bool:
    """Tell whether a verb above a noun speaks of what hangs on it: "the term of the agreement expired"."""
    return any(in_class(noun.lemma_, name, part.language) for name in ("frames", "reports"))


def _tells(part: Part, clause: Token, noun: Token) -> bool:
    """Tell whether a clause says what a report says: "reports that the minister had visited Tunis"."""
    marks = {child.lower_ for child in clause.children if child.dep_ == "mark"}
    return in_class(noun.lemma_, "reports", part.language) and bool(marks & {"that", "что", "будто", "как"})


def _infinitive(token: Token) -> bool:
    return token.tag_ == "VB" or has(token, "VerbForm", "Inf")


def _shares_auxiliary(token: Token) -> bool:
    """Tell whether a coordinated verb has no finite form of its own: "will visit Ufa and tour a plant"."""
    own = any(child.dep_ in {"aux", "aux:pass", "nsubj", "nsubj:pass"} for child in token.children)
    return not own and (has(token, "VerbForm", "Inf") or token.tag_ in {"VB", "VBN", "VBG"})


def _tense_effect(part: Part, token: Token, trigger: Token) -> Effect | None:
    if part.language == "ru":
        return _russian_tense(part, token)
    if token.i == trigger.i or any(child.dep_ in {"cop", "aux"} for child in token.children):
        return _english_tense(part, token)
    return None


def _russian_tense(part: Part, token: Token) -> Effect | None:
    if token.lower_.startswith("буд") and token.lemma_.lower() == "быть":
        return "planned"
    if any(has(child, "Tense", "Fut") for child in token.children if child.dep_ in {"aux", "aux:pass", "cop"}) or any(
        child.lower_.startswith("буд") and child.lemma_.lower() == "быть"
        for child in token.children
        if child.dep_ in {"aux", "aux:pass", "cop"}
    ):
        return "planned"
    finite = has(token, "VerbForm", "Fin") or token.pos_ in {"VERB", "AUX"}
    if has(token, "Tense", "Fut"):
        return "planned"
    if finite and has(token, "Tense", "Pres") and not has(token, "VerbForm", "Part"):
        return "ongoing" if part.block.kind != "title" else None
    return None


def _english_tense(part: Part, token: Token) -> Effect | None:
    if part.block.kind == "title" or _without_verb(token):
        return "planned" if token.tag_ == "VB" and _infinitive_headline(token) else None
    if _was_to_have(token):
        return "cancelled"
    if _is_to(token):
        return "planned"
    if token.dep_ == "cop":
        return "ongoing" if token.lower_ in _IS else None
    present = any(child.lower_ in _IS for child in token.children if child.dep_ in {"aux", "cop"})
    if not present:
        return "planned" if token.tag_ in {"VB", "VBN"} and _to_be(token) else None
    return "ongoing" if token.tag_ == "VBG" or any(child.dep_ == "cop" for child in token.children) else None


def _was_to_have(token: Token) -> bool:
    """Tell whether the form is "was to have visited": what was planned did not come about."""
    words = {child.lower_ for child in token.children if child.dep_ in {"aux", "mark", "cop"}}
    return token.tag_ == "VBN" and {"to", "have"} <= words and bool(words & {"was", "were"} or _was_due(token.head))


def _was_due(governor: Token) -> bool:
    """Tell whether something was due: "was due to have arrived", "was scheduled to have come"."""
    due = governor.lower_ in {"due", "scheduled", "supposed", "meant", "set"}
    return due and any(child.lower_ in {"was", "were"} for child in governor.children)


def _is_to(token: Token) -> bool:
    """Tell whether the form is "are to visit", "is due to visit"."""
    words = {child.lower_ for child in token.children if child.dep_ in {"aux", "mark", "cop"}}
    return token.tag_ in {"VB", "VBN"} and "to" in words and bool(words & {"is", "are", "was", "were"})


def _to_be(token: Token) -> bool:
    """Tell whether the form is "is to visit" or "to be signed"."""
    words = {child.lower_ for child in token.children if child.dep_ in {"aux", "aux:pass", "mark", "cop"}}
    return {"to", "be"} <= words or ("to" in words and bool(words & {"is", "are", "was", "were"}))


def _without_verb(token: Token) -> bool:
    """Tell whether a sentence has no finite verb and does not end: a headline that stands in the text."""
    sentence = token.sent
    finite = any(word.tag_ in {"VBD", "VBZ", "VBP", "MD"} for word in sentence)
    return not finite and sentence[-1].text not in ".!?"


def _infinitive_headline(token: Token) -> bool:
    """Tell whether a headline says "X to visit Y"."""
    return any(child.lower_ == "to" for child in token.children)
