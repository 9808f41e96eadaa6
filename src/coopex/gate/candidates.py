"""Whether the words of a text may hold a candidate of an event: a trigger with somebody in its sentence.

Cheap and broad: which candidates are events is decided after annotation, by `coopex.events`.
"""

from __future__ import annotations

from functools import cache

from coopex.gate.sentences import Sentence, class_lemmas
from coopex.matching.rules import load_rules

_EVERYWHERE = frozenset({"be", "быть"})  # triggers in nearly every text; they need a post or a group


def may_hold_event(sentence: Sentence) -> bool:
    """Return whether a sentence may tell of a visit or an agreement.

    "Rector Belov flew to Oslo." → True; "Prices rose." → False; "The contract is for Ivanov." → True
    """
    if not sentence.names and not sentence.has("groups", "guests"):
        return False
    if not sentence.lemmas.isdisjoint(class_lemmas("instruments", sentence.language)):
        return True
    triggers = sentence.lemmas & _triggers(sentence.language)
    if not triggers and not any(phrase <= sentence.lower for phrase in _phrases(sentence.language)):
        return False
    if sentence.has("groups", "guests"):
        return True
    return not triggers <= _EVERYWHERE or sentence.has("posts")


@cache
def _triggers(language: str) -> frozenset[str]:
    """Return the triggers of the rules that create events, in small letters with е for ё."""
    return frozenset(
        lemma.replace("ё", "е")
        for rule in load_rules()
        if rule.creates != "none"
        for lemma, _ in rule.triggers[language]
    )


@cache
def _phrases(language: str) -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(word.replace("ё", "е") for word in phrase if word != "…")
        for rule in load_rules()
        if rule.creates != "none"
        for phrase in rule.phrases[language]
    )
