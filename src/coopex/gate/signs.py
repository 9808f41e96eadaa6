"""Whether a sentence can tell of a trip or an agreement by itself: what every match that founds a record needs.

"The rector arrived in Harbin." → yes: a verb of travel, somebody, somewhere. "Rain is forecast." → no.

A match needs its trigger in the sentence, and words that can fill the slots without which no record comes of it
(`needs` of the rules; `founds` and the readers in `resolve/`). Words stand here for what the parser finds: a capital
for a name, a noun of `rules/nouns.yaml` for a reference. Where a word is right and the tree is not, a sentence is
read for nothing; the other way round must not happen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import cache, lru_cache

from coopex.gate.lemmas import is_inflected
from coopex.gate.sentences import REACH, Sentence, Word, class_lemmas, lemmas_of
from coopex.gate.words import company_of, dates, words
from coopex.matching.rules import load_rules

_LEADS = frozenset({"visit.lead", "visit.headed", "visit.head", "visit.at_head"})


_BESIDE_BE = 3  # words between "is" and "in": "is currently on a visit in"
_BE = frozenset({"be"})
_PLACES = ("bodies", "events")
_ALSO_TRANSITIVE = frozenset({"объехать"})

Sign = Callable[[Sentence, bool], bool]


def may_rouse(words_told: Sequence[str], language: str) -> bool:
    """Tell whether a word of a sentence may be a trigger or an instrument at all: asked first, as most have none."""
    return any(_rouses(word, language) for word in words_told) or (language == "en" and _may_be_at(words_told))


@lru_cache(maxsize=20_000)
def _rouses(lower: str, language: str) -> bool:
    return lower in _phrase_words(language) or not _rousing(language).isdisjoint(lemmas_of(lower, language))


@cache
def _rousing(language: str) -> frozenset[str]:
    return (frozenset(_founding(language)) | class_lemmas("instruments", language)) - _BE


@cache
def _phrase_words(language: str) -> frozenset[str]:
    return frozenset(max(phrase, key=len) for phrase, _ in _phrases(language))


def _may_be_at(words_told: Sequence[str]) -> bool:
    """Tell whether "in" or "at" stands as near behind "is" as `_is_at` asks: "be" is a trigger nowhere else."""
    within, being = words("within", "en"), words("being", "en")
    return any(
        word in within and not being.isdisjoint(words_told[max(0, i - _BESIDE_BE - 1) : i])
        for i, word in enumerate(words_told)
    )


def may_tell_of_visitors(sentence: Sentence, named: Set[str]) -> bool:
    """Tell whether a sentence may say who came on a trip that another tells of without naming anybody.

    `named` are names in what tells of the trip. A mention joins it as one of a group ("The Chinese delegation left."),
    as a list ("It included Li Wei.") or by a name that both have; see `_signs` in `resolve/trips.py`.
    """
    if sentence.has("groups", "guests", "hosts") and sentence.names:
        return True
    if any(word.is_name and _is_people(word.lower, sentence.language) for word in sentence.words):
        return True
    if not sentence.lemmas.isdisjoint(_triggers(_LISTING, sentence.language)) and _someone(sentence):
        return True
    if sentence.names and not sentence.lemmas.isdisjoint(_triggers(_SEATING, sentence.language)):
        return True
    shared = any(word.is_name and word.lower in named for word in sentence.words)
    return shared and not sentence.lemmas.isdisjoint(_triggers(None, sentence.language))


_LISTING = frozenset({"visit.members", "visit.among", "visit.accompany"})
_SEATING = frozenset({"visit.attend", "visit.present", "visit.represent"})


@cache
def _triggers(rules: frozenset[str] | None, language: str) -> frozenset[str]:
    """Triggers of some rules, or of all rules for visits; where "be" is one, a group or a place is told with it."""
    chosen = [rule for rule in load_rules() if (rule.record == "visit" if rules is None else rule.id in rules)]
    return frozenset(lemma.replace("ё", "е") for rule in chosen for lemma, _ in rule.triggers[language]) - _BE


def may_found(sentence: Sentence, *, title: bool) -> bool:
    """Tell whether a sentence can found a visit or an agreement."""
    return any(_SIGNS[rule](sentence, title) for rule in _rules_at(sentence)) or may_agree(sentence)


def _rules_at(sentence: Sentence) -> frozenset[str]:
    index = _founding(sentence.language)
    found = [index[lemma] for lemma in sentence.lemmas if lemma in index]
    phrases = [frozenset({rule}) for phrase, rule in _phrases(sentence.language) if phrase <= sentence.lower]
    return frozenset().union(*found, *phrases)


@cache
def _founding(language: str) -> dict[str, frozenset[str]]:
    """Rules of visits that may found a trip, by the lemma of their trigger."""
    from coopex.resolve.sightings import FOUNDING

    index: dict[str, set[str]] = {}
    for rule in load_rules():
        if rule.id in FOUNDING | _LEADS:
            for lemma, _ in rule.triggers[language]:
                index.setdefault(lemma.replace("ё", "е"), set()).add(rule.id)
    return {lemma: frozenset(rules) for lemma, rules in index.items()}


@cache
def _phrases(language: str) -> tuple[tuple[frozenset[str], str], ...]:
    return tuple(
        (frozenset(word.replace("ё", "е") for word in phrase if word != "…"), rule.id)
        for rule in load_rules()
        if rule.id in _LEADS
        for phrase in rule.phrases[language]
    )


# --- what a sentence has ---------------------------------------------------------------------------------------


def _someone(sentence: Sentence) -> int:
    """How many there are who may travel, receive or sign: names, groups, posts, bodies, pronouns."""
    nouns = sentence.count("groups", "guests", "posts", "bodies")
    return sentence.names + nouns + len(sentence.lower & words("pronouns", sentence.language))


def _group(sentence: Sentence) -> bool:
    """People who travel together: "the guests", "engineers of Nordvik", "the Malaysians"."""
    if sentence.has("groups", "guests", "hosts"):
        return True
    return (sentence.has("members") and sentence.names > 0) or any(
        word.is_name and _is_people(word.lower, sentence.language) for word in sentence.words
    )


@lru_cache(maxsize=10_000)
def _is_people(word: str, language: str) -> bool:
    from coopex.gazetteer import gazetteer

    return gazetteer().is_demonym(word.capitalize(), language)


def _dated(sentence: Sentence) -> bool:
    return sentence.has_digit or any(map(dates(sentence.language).fullmatch, sentence.lower))


def _placed(sentence: Sentence, prepositions: str = "goal") -> bool:
    """Tell whether a name or a noun for a body stands behind a preposition: "to the port of Riga"."""
    among = words(prepositions, sentence.language)
    return any(
        word.lower in among and any(_is_place(after, sentence.language) for after in _behind(sentence, i))
        for i, word in enumerate(sentence.words)
    )


def _behind(sentence: Sentence, index: int) -> list[Word]:
    """The words that a preposition may govern: those behind it, up to punctuation."""
    found: list[Word] = []
    for word in sentence.words[index + 1 : index + 1 + REACH]:
        if word.opens and found:
            break
        found.append(word)
    return found


def _is_place(word: Word, language: str) -> bool:
    return word.is_name or any(not word.lemmas.isdisjoint(class_lemmas(name, language)) for name in _PLACES)


# --- one sign a rule -------------------------------------------------------------------------------------------


def _goes(sentence: Sentence, title: bool) -> bool:
    """Somebody, and somewhere behind a preposition; or a place as object, for the verbs that take one."""
    objects = not sentence.lemmas.isdisjoint(class_lemmas("transitive", sentence.language) | _ALSO_TRANSITIVE)
    where = _placed(sentence) or (objects and sentence.names + sentence.count(*_PLACES) > 0)
    return _someone(sentence) + (sentence.names > 1) > 1 and where


def _comes(sentence: Sentence, title: bool) -> bool:
    there = not sentence.lower.isdisjoint(class_lemmas("there", sentence.language))
    return _someone(sentence) > 0 and (_dated(sentence) or _goes(sentence, title) or title or there)


def _group_goes(sentence: Sentence, title: bool) -> bool:
    return _group(sentence) and (_placed(sentence) or title)


def _is_at(sentence: Sentence, title: bool) -> bool:
    """ "The minister is currently in Cuba": the preposition stands right behind, or an adverb between."""
    told = sentence.words
    for i, word in enumerate(told):
        if word.lower in words("being", sentence.language) or "находиться" in word.lemmas:
            for j in range(i + 1, min(i + 2 + _BESIDE_BE, len(told))):
                if told[j].lower in words("within", sentence.language):
                    if any(after.is_name for after in _behind(sentence, j)):
                        return _someone(sentence) > 1
                elif sentence.language == "en" and is_inflected(told[j].lower):
                    break
    return False


def _meets(sentence: Sentence, title: bool) -> bool:
    """Two sides of which one came from somewhere: a name of a place or body, or guests."""
    return (sentence.names > 0 and (_someone(sentence) > 1 or title or _placed(sentence, "within"))) or sentence.has(
        "groups", "guests"
    )


def _leads(sentence: Sentence, title: bool) -> bool:
    led = sentence.has("groups", "guests") or not sentence.lower.isdisjoint(words("objects", sentence.language))
    return led and _someone(sentence) > 1


def _shows(sentence: Sentence, title: bool) -> bool:
    """Visitors, and who shows them something or where: "A guide showed the delegation round the port"."""
    return _group(sentence) and (_someone(sentence) > 1 or _placed(sentence))


def _sends(sentence: Sentence, title: bool) -> bool:
    people = sentence.has("groups", "guests", "members", "posts")
    return people and (_placed(sentence) or title) and _someone(sentence) > 1


def _receives(sentence: Sentence, title: bool) -> bool:
    people = sentence.names > 0 or _group(sentence) or bool(sentence.lower & words("objects", sentence.language))
    return people and (_someone(sentence) > 1 or _placed(sentence))


def _names_trip(sentence: Sentence, title: bool) -> bool:
    if _someone(sentence) > 1 and sentence.names > 0:
        return True
    return _someone(sentence) > 0 and (_placed(sentence) or _dated(sentence) or title or _returning(sentence))


def _returning(sentence: Sentence) -> bool:
    return any(word.startswith(("return", "reciprocal", "ответн")) for word in sentence.lower)


def _two(sentence: Sentence, title: bool) -> bool:
    return _someone(sentence) > 1


_SIGNS: dict[str, Sign] = {
    "visit.travel": _goes,
    "visit.come": _comes,
    "visit.work": _group_goes,
    "visit.walk": _group_goes,
    "visit.bring": _group_goes,
    "visit.group": lambda sentence, title: title and _placed(sentence),
    "visit.call": lambda sentence, title: _placed(sentence, "called") and _someone(sentence) > 1,
    "visit.set_out": lambda sentence, title: _placed(sentence, "bound") and _someone(sentence) > 1,
    "visit.intend": lambda sentence, title: _placed(sentence, "within") and _someone(sentence) > 0,
    "visit.stay": lambda sentence, title: sentence.has("spans") and _goes(sentence, title),
    "visit.expected": lambda sentence, title: (
        (_placed(sentence, "within") or sentence.names > 1) and _someone(sentence) > 1
    ),
    "visit.be": _is_at,
    "visit.meet": _meets,
    "visit.sit_down": lambda sentence, title: "down" in sentence.lower and _meets(sentence, title),
    "visit.see": lambda sentence, title: sentence.has("posts") and _meets(sentence, title),
    "visit.person": lambda sentence, title: sentence.has("posts") and _two(sentence, title),
    "visit.tour": _shows,
    "visit.lead": _leads,
    "visit.headed": _two,
    "visit.head": _two,
    "visit.at_head": lambda sentence, title: "во" in sentence.lower and _two(sentence, title),
    "visit.receive": _receives,
    "visit.invite": _two,
    "visit.send": _sends,
    "visit.noun": _names_trip,
    "visit.visiting": lambda sentence, title: "visiting" in sentence.lower and _someone(sentence) > 0,
}


# --- agreements ------------------------------------------------------------------------------------------------


def may_agree(sentence: Sentence) -> bool:
    """Tell whether a sentence can found an agreement: an instrument, and a verb for it or parties."""
    nouns = sentence.lemmas & class_lemmas("instruments", sentence.language)
    if not any(_is_instrument(sentence, lemma) for lemma in nouns):
        return False
    parties = _someone(sentence) > 0 and bool(sentence.lower & words("with", sentence.language))
    return parties or not sentence.lemmas.isdisjoint(_binding(sentence.language))


def _is_instrument(sentence: Sentence, lemma: str) -> bool:
    company = company_of(lemma)
    return not company or any(word.startswith(company) for word in sentence.lower)


@cache
def _binding(language: str) -> frozenset[str]:
    """Triggers of the rules for agreements, but for the nouns of instruments themselves."""
    return frozenset(
        lemma.replace("ё", "е")
        for rule in load_rules()
        if rule.record == "agreement" and rule.frame != "naming"
        for lemma, _ in rule.triggers[language]
    )
