"""The matcher: triggers, typed paths to slots, and a reason for everything that it rejects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coopex.gazetteer import gazetteer
from coopex.matching.lexicon import in_class, is_group, roles
from coopex.matching.linear import LINEAR_ROLES
from coopex.matching.paths import has, prepositions, walk
from coopex.matching.phrases import Filler, Phrase, read_phrase
from coopex.matching.rules import PhraseTrigger, Rule, SlotPattern, phrase_triggers, rules_by_lemma
from coopex.matching.status import Status, read_status
from coopex.matching.text import Part, remembered
from coopex.matching.tree import Token

_RELATIVE = {"который", "which", "who", "that", "whom", "кто", "что"}
_TRIGGER_POS = {
    "VERB": {"VERB", "AUX", "ADJ"},
    "NOUN": {"NOUN", "PROPN"},
    "": {"VERB", "NOUN", "PROPN", "ADJ", "AUX"},
}


@dataclass(frozen=True, slots=True)
class SlotMatch:
    """A filled slot: the path taken and the phrase at its end."""

    slot: str
    path: str
    phrase: Phrase
    kinds: frozenset[str]

    @property
    def accepted(self) -> frozenset[str]:
        """Return the kinds that may fill the slot: a group comes with those it was named after, whoever they are.

        "person|group" at "the delegation of the plant" → person, group, organization, place
        """
        return _ACTORS if "group" in self.kinds and _is_group(self.phrase) else self.kinds

    @property
    def fillers(self) -> tuple[Filler, ...]:
        """Fillers of the kinds that the slot takes."""
        accepted = self.accepted
        return tuple(filler for filler in self.phrase.fillers if filler.mention.kind in accepted)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fired at `trigger`.

    `lacking` names what the rule asks for and did not find: such a match is a candidate that other evidence must bear.
    """

    rule: Rule
    part: Part
    trigger: Token
    form: str
    slots: tuple[SlotMatch, ...]
    status: Status
    lacking: tuple[str, ...] = ()

    def slot(self, name: str) -> tuple[SlotMatch, ...]:
        """Give the matches of one slot."""
        return tuple(found for found in self.slots if found.slot == name)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A trigger at which a rule did not fire, and why; `denied` where the text says that it did not happen."""

    rule: Rule
    part: Part
    trigger: Token
    reason: str
    denied: bool = False


def match_part(part: Part) -> list[Match | Rejection]:
    """Apply every rule of the language to one part, in the order of the text."""
    triggers = sorted([*_words(part), *_phrases(part)], key=lambda trigger: trigger[1].i)
    return [_apply(rule, part, token) for rule, token in triggers]


def _words(part: Part) -> Iterator[tuple[Rule, Token]]:
    """Give the words of a part that trigger a rule, each with the rule."""
    index = rules_by_lemma(part.language)
    for token in part.doc:
        for rule, pos in index.get(_lemma(token, index), ()):
            if token.pos_ in _TRIGGER_POS.get(pos, {pos}) and _free(part, token):
                yield rule, token


def _lemma(token: Token, index: Mapping[str, object]) -> str:
    """Give the lemma under which a trigger is looked up; a past form that was not lemmatised loses its ending.

    "initialled" → initial.
    """
    lemma = str(token.lemma_.lower().replace("ё", "е"))
    if lemma in index or not lemma.endswith("ed"):
        return lemma
    return next((stem for stem in (lemma[:-1], lemma[:-2], lemma[:-3]) if stem in index), lemma)


def _phrases(part: Part) -> list[tuple[Rule, Token]]:
    """Give the phrases of a part that trigger a rule, in the order of the rules: the rule and the last word of each.

    Phrases are looked up by their first word: to go through the part for each of them took half the time of matching.
    """
    index, words = phrase_triggers(part.language), [token.lower_ for token in part.doc]
    found = [
        (phrase, end)
        for start, word in enumerate(words)
        for phrase in index.get(word, ())
        if (end := _end(part, words, start, phrase)) is not None
    ]
    return [(phrase.rule, part.doc[end - 1]) for phrase, end in sorted(found, key=lambda each: each[0].rank)]


def _end(part: Part, words: list[str], start: int, phrase: PhraseTrigger) -> int | None:
    """Give where a phrase that begins at `start` ends: "put their | signatures" behind "signatures"."""
    head = start + len(phrase.head)
    if tuple(words[start:head]) != phrase.head:
        return None
    if not phrase.tail:
        return head
    reach = min(head + _GAP + len(phrase.tail), len(words))
    ends = (end for end in range(head + 1, reach + 1) if tuple(words[end - len(phrase.tail) : end]) == phrase.tail)
    end = next(ends, None)
    between = part.doc[head : end - len(phrase.tail)] if end else ()
    return None if any(token.is_sent_start or has(token, "VerbForm", "Fin") for token in between) else end


_OF_ITSELF = {"self_as_root", "itself"}  # roles that the trigger fills
_GAP = 10  # tokens: who signs may stand between "signatures" and "put" in Russian


def _free(part: Part, token: Token) -> bool:
    """Tell whether `token` may be a trigger: words inside a name are not."""
    mention = part.at(token)
    return mention is None or mention.derived


def form_of(token: Token) -> str:
    """Name the form of a trigger: "active", "passive" or "noun"."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return "noun"
    if any(child.dep_ in {"nsubj:pass", "aux:pass", "obl:agent"} for child in token.children):
        return "passive"
    relations = {child.dep_ for child in token.children}
    if token.lang_ == "en" and "nsubj" in relations and not relations & {"aux", "aux:pass"}:
        return "active"  # a simple past that the tagger took for a participle
    if has(token, "Voice", "Pass"):
        return "passive"
    bare_participle = token.dep_ in {"acl", "advcl"} and token.tag_ == "VBN"
    return "passive" if bare_participle and not any(child.dep_ == "obj" for child in token.children) else "active"


def _apply(rule: Rule, part: Part, trigger: Token) -> Match | Rejection:
    form, used = form_of(trigger), set[int]()
    if any(child.dep_ in rule.without and child.i > trigger.i for child in trigger.children):
        return Rejection(rule, part, trigger, f"has {' or '.join(sorted(rule.without))}")
    if rule.particle and not any(child.lower_ == rule.particle for child in trigger.children):
        return Rejection(rule, part, trigger, f"lacks {rule.particle!r}")
    slots = [found for pattern in rule.slots for found in _fill(pattern, part, trigger, form, used)]
    filled = {found.slot for found in slots}
    lacking = tuple(" or ".join(sorted(need)) for need in rule.needs if not need & filled)
    status = read_status(part, trigger, form)
    may_lack = rule.creates != "none" and trigger.pos_ != "AUX" and (slots or _tells_outcome(rule, status))
    if lacking and not may_lack:
        return Rejection(rule, part, trigger, f"no filler for {lacking[0]}")
    if (
        rule.when_denied
        and status.effect in {"failed", "negated", "cancelled", "proposed", "planned"}
        and _negated(status)
    ):
        status = Status(rule.when_denied, status.cue, status.rule)
    if status.denied:
        return Rejection(rule, part, trigger, f"denied by {status.cue_text!r}", denied=True)
    return Match(rule, part, trigger, form, tuple(slots), status, lacking)


def _tells_outcome(rule: Rule, status: Status) -> bool:
    """Tell whether a noun for a visit says only what became of it: "but the trip was called off", "took place"."""
    return rule.frame == "trip" and (status.effect in {"cancelled", "postponed", "moved"} or status.realised)


def _negated(status: Status) -> bool:
    return status.denied or status.effect in {"failed", "cancelled"}


def _paths(role: str, part: Part, trigger: Token, form: str) -> Iterator[tuple[str, list[Token], bool]]:
    """Give the paths of a role with the words they reach, best first.

    And whether only one of them may fill the slot.
    """
    if role in LINEAR_ROLES:
        yield role, list(LINEAR_ROLES[role](part, trigger)), False
        return
    speaks, subject = _told_by(part, trigger)
    below = {child.dep_ for child in trigger.children}
    for path in roles()[role].get(form, ()):
        first = path.steps[0]
        if first.relations.isdisjoint(below) if first.down else trigger.dep_ not in first.relations:
            continue  # true of nine paths in ten
        if (subject and path.takes_shared_subject) or (path.text.startswith(">parataxis") and not speaks):
            continue
        if not first.down and _is_apart(part, trigger):
            continue
        if path.text in _UP_TO_NOUN and _locates(trigger) == (role in _SUBJECT_ROLES):
            continue
        if role in _SUBJECT_ROLES and path.text.endswith("<acl:relcl|acl") and _locates(trigger.head):
            continue
        found = [_agreeing(part, token, trigger) for token in walk(trigger, path)]
        if path.steps[-1].down and not path.to_subject:
            yield path.text, found, False
        else:
            yield path.text, _best_first(found, trigger), True


@remembered
def _is_apart(part: Part, noun: Token) -> bool:
    """Tell whether a noun with its own people or places only dates its clause: "After her visit to Lima Lie came"."""
    behind = set(prepositions(noun)) if noun.dep_ in {"obl", "nmod"} else {noun.head.lower_}
    if not behind & _OTHER_TIME:
        return False
    return any(part.at(word) is not None for child in noun.children if child.i > noun.i for word in child.subtree)


_OTHER_TIME = {"after", "following", "before", "since", "ahead", "после", "до", "перед", "накануне"}


@remembered
def _told_by(part: Part, trigger: Token) -> tuple[bool, bool]:
    """Tell whether a trigger is told by who speaks, and else whether it has a subject of its own."""
    speaks = _first_person(trigger)
    return speaks, not speaks and any(child.dep_ in {"nsubj", "nsubj:pass"} for child in trigger.children)


def _first_person(verb: Token) -> bool:
    """Tell whether a verb is told by who speaks, so that the subject of "said" acts: "We will visit Porto," said …"""
    subjects = [child.lower_ for child in verb.children if child.dep_ in {"nsubj", "nsubj:pass"}]
    return any(word in _SPEAKER for word in subjects) or (not subjects and has(verb, "Person", "1"))


_SPEAKER = {"we", "i", "мы", "я"}
_UP_TO_NOUN = {"<acl:relcl"}
_SUBJECT_ROLES = {"agent", "theme", "object", "led", "whole"}
_WHERE = {"куда", "где", "where", "откуда", "whence"}


def _locates(trigger: Token) -> bool:
    """Tell whether a relative clause is about its place.

    "Tokyo, where he went" has its goal, not its subject, above.
    """
    return any(child.lower_ in _WHERE for child in trigger.children)


def _agreeing(part: Part, token: Token, trigger: Token) -> Token:
    """Go from a noun to the one before a Russian participle that shares its case.

    «встреча губернатора с послом, прибывшим в регион» at "губернатора" → "послом".
    """
    if trigger.dep_ == "obl":  # «с послом, прибывшим с визитом» at "визитом"
        return _agreeing(part, token, trigger.head) if trigger.head.dep_ == "acl" else token
    participle = trigger.lang_ == "ru" and trigger.dep_ == "acl" and has(trigger, "VerbForm", "Part")
    if not participle or token.i != trigger.head.i:
        return token
    case, number = set(trigger.morph.get("Case", [])), set(trigger.morph.get("Number", []))
    if not case or not case.isdisjoint(token.morph.get("Case", list(case))):
        return token
    for other in reversed(trigger.doc[token.i : trigger.i]):
        agrees = case & set(other.morph.get("Case", [])) and number & set(other.morph.get("Number", []))
        if other.pos_ == "NOUN" and agrees:
            return other
    return token


def _best_first(found: list[Token], trigger: Token) -> list[Token]:
    """Order subjects: those before the trigger, near it and not cut off by a colon come first."""
    fitting = [token for token in found if token.dep_ not in {"nsubj", "nsubj:pass"} or _agrees(token)]
    return sorted(fitting, key=lambda token: (_cut_off(token, trigger), token.i > trigger.i, abs(token.i - trigger.i)))


def _agrees(subject: Token) -> bool:
    """Tell whether a noun can be the subject of its verb: no preposition, no plural noun beside a singular verb."""
    if any(child.dep_ == "case" and child.i < subject.i for child in subject.children) and subject.lang_ == "ru":
        return False
    verb = subject.head
    if any(child.dep_ in {"nummod", "nummod:gov"} for child in subject.children) or has(verb, "Gender", "Neut"):
        return True  # «заключено двенадцать договоров»
    return not (has(verb, "Number", "Sing") and has(subject, "Number", "Plur") and verb.lang_ == "ru")


def _cut_off(token: Token, trigger: Token) -> bool:
    low, high = sorted((token.i, trigger.i))
    return any(other.text in ":;" for other in trigger.doc[low + 1 : high])


def _fill(pattern: SlotPattern, part: Part, trigger: Token, form: str, used: set[int]) -> Iterator[SlotMatch]:
    for role in pattern.roles:
        found = list(_fill_role(pattern, role, part, trigger, form, used))
        if found:
            yield from found
            return


def _fill_role(
    pattern: SlotPattern, role: str, part: Part, trigger: Token, form: str, used: set[int]
) -> Iterator[SlotMatch]:
    for path, tokens, single in _paths(role, part, trigger, form):
        found_any = False
        for token in tokens:
            head = _named_in_apposition(part, _antecedent(token))
            if "instrument" in pattern.kinds:
                head = _instrument_above(part, head)
            if role in _OF_GROUPS:
                head = _group_above(part, head)
            is_trigger = head.i == trigger.i and role not in _OF_ITSELF
            if head.i in used or is_trigger or _inside_name(part, head):
                continue
            phrase = read_phrase(part, head)
            if _fits(phrase, pattern) and _suits(role, phrase):
                used |= {head.i, *(_words_of_affiliations(part, phrase) if pattern.name == "visitors" else ())}
                found_any = True
                yield SlotMatch(pattern.name, path, phrase, pattern.kinds)
                if single:
                    break
        if found_any and not pattern.every:
            return


def _words_of_affiliations(part: Part, phrase: Phrase) -> Iterator[int]:
    """Give the words of the names that tell whose people a phrase speaks of: they fill no other slot of the match.

    "a delegation of Oulu University" at "delegation" → Oulu, University
    """
    for filler in phrase.fillers:
        mention = filler.mention
        if filler.how in {"origin", "affiliation"} and mention.part == part.index and not mention.derived:
            yield from range(mention.start, mention.end)


def _inside_name(part: Part, token: Token) -> bool:
    """Tell whether a word is a place within a name: "the Embassy of Oman in Tehran" at "Tehran"."""
    mention = part.at(token)
    return mention is not None and any(
        child.dep_ == "case" and mention.start <= child.i < mention.end for child in token.children
    )


def _antecedent(token: Token) -> Token:
    """Go from a relative pronoun to its noun: "the delegation that arrived" at "that" → delegation."""
    if token.lemma_.lower() not in _RELATIVE and not has(token, "PronType", "Rel"):
        return token
    for ancestor in token.ancestors:
        if ancestor.dep_ == "acl:relcl" and ancestor.head.i != ancestor.i:
            return _holder_over(ancestor.head) if token.lower_ == "who" else ancestor.head
    return token


def _holder_over(token: Token) -> Token:
    """Go from the body in a post to its holder: "Li Wei, head of the Academy, who led" at "Academy" → Li Wei."""
    for above in [token, *token.ancestors]:
        if above.ent_type_ == "PER":
            return above
        if above.dep_ not in {"nmod", "appos", "flat", "compound"}:
            return token
    return token


_ACTORS = frozenset({"person", "organization", "place", "group"})
_ACTING = {"agent", "theme", "partner", "participant"}
_LOCAL = {"source", "goal", "sight", "place_of", "invited_to", "stop", "round"}


def _suits(role: str, phrase: Phrase) -> bool:
    """Tell whether the head of a phrase can play a role.

    A name always; "the invitation of X" neither acts nor is a place. The trigger itself if it is sent or its phrase
    holds a name: "the delegation", "a team of Jilin University", not "the team".
    """
    if role == "itself":
        return bool(phrase.fillers) or in_class(phrase.head.lemma_, "delegations", phrase.part.language)
    mention = phrase.part.at(phrase.head)
    if mention is not None or phrase.reference == "pronoun":
        return role not in _ACTING or mention is None or not mention.event
    if role in _ACTING:
        return bool(phrase.classes - {"sites"}) or phrase.reference is not None
    return role not in _LOCAL or bool(phrase.classes & {"sites", "bodies", "members", "posts", "events"})


_OF_GROUPS = {"whole", "led"}


def _group_above(part: Part, token: Token) -> Token:
    """Go from where a group comes from to the group: "a delegation from Zambia, which included" at "Zambia"."""
    above = token.head
    from_group = token.dep_ == "nmod" and is_group(above.lemma_, part.language)
    return above if part.at(token) is not None and from_group else token


def _named_in_apposition(part: Part, token: Token) -> Token:
    """Go from a post in apposition to the name: "Trubnikov, Director of JINR, who spent" at "Director" → Trubnikov."""
    above = token.head
    mention = part.at(above)
    return above if token.dep_ == "appos" and part.at(token) is None and mention and mention.kind == "person" else token


def _instrument_above(part: Part, token: Token) -> Token:
    """Go from the field of an instrument to its noun.

    "a protocol on research that was signed" at "research" → protocol.
    """
    seen = token
    for _ in range(3):
        if is_instrument(part, seen):
            return seen
        if seen.dep_ not in {"nmod", "conj"}:
            return token
        seen = seen.head
    return token


def is_people(phrase: Phrase) -> bool:
    """Tell whether a phrase names people by where they are from: "the Malaysians"."""
    mention, head = phrase.part.at(phrase.head), phrase.head
    return (
        mention is not None
        and mention.derived
        and head.pos_ in {"NOUN", "PROPN"}
        and (phrase.part.language == "ru" or gazetteer().is_demonym(head.text, phrase.part.language))
        and (has(head, "Number", "Plur") or head.lower_.endswith("s"))
    )


def _is_group(phrase: Phrase) -> bool:
    """Return whether a phrase speaks of a group, or of people known by where they come from.

    «представители Китая», "the Malaysians", "the Chinese side" → True
    """
    members = "members" in phrase.classes and "bodies" not in phrase.classes
    several = phrase.reference in {"guests", "hosts", "sides"}
    return phrase.group or several or is_people(phrase) or (members and bool(phrase.fillers))


def _fits(phrase: Phrase, pattern: SlotPattern) -> bool:
    """Check the kind of a phrase against its slot."""
    if "instrument" in pattern.kinds:
        return is_instrument(phrase.part, phrase.head)
    if "span" in pattern.kinds:
        counted = in_class(phrase.head.lemma_, "spans", phrase.part.language)
        return counted and not any(child.dep_ == "nmod" for child in phrase.head.children)  # «день открытых дверей»
    if any(filler.mention.kind in pattern.kinds for filler in phrase.fillers):
        return True
    if "group" in pattern.kinds and _is_group(phrase):
        return True
    if phrase.reference in {"guests", "hosts", "sides"}:
        return "person" in pattern.kinds
    if phrase.reference in {"pronoun", "post"}:
        return "person" in pattern.kinds
    if phrase.reference == "event":
        return "place" in pattern.kinds
    return phrase.reference == "body" and bool(pattern.kinds & {"organization", "place"})


def is_instrument(part: Part, token: Token) -> bool:
    """Tell whether a noun, or a noun that it counts, names an instrument of cooperation."""
    if in_class(token.lemma_, "instruments", part.language):
        return True
    if in_class(token.lemma_, "collections", part.language) or token.pos_ in {"NUM", "DET", "PRON", "ADJ"}:
        return any(
            in_class(child.lemma_, "instruments", part.language)
            for child in token.children
            if child.dep_ in {"nmod", "obl", "conj"}
        )
    return any(in_class(child.lemma_, "instruments", part.language) for child in token.children if child.dep_ == "conj")
