"""Russian verbs that the tagger took for names: «Возглавил её министр Алвендо».

A verb that opens a sentence has a capital letter and no subject before it, and the tagger may read it as a proper noun
or as a short adjective. Where the dictionary knows the word as nothing but a finite verb it is made one.
"""

from __future__ import annotations

from typing import Any

from coopex.annotate.words import Word, morph_text

_MISREAD = {"PROPN", "ADJ", "NOUN", "X"}


def restore_opening_verb(words: list[Word]) -> None:
    """Make the first word of a sentence the verb that it is; part of speech, features and lemma change in place.

    «Возглавил её министр» with «Возглавил» PROPN → VERB, "возглавить".
    """
    first = next((word for word in words if word.text[0].isalpha()), None)
    if first is None or not first.text.istitle() or first.pos not in _MISREAD:
        return
    form = _finite(first.text)
    if form is not None:
        middle = first.text.lower().endswith(("ся", "сь"))
        first.pos, first.lemma = "VERB", str(form.normal).replace("ё", "е")
        first.feats = {**form.feats, "Voice": "Mid" if middle else "Act"}
        first.morph = morph_text(first.feats)


def _finite(word: str) -> Any | None:
    """«Возглавил» → its reading as a finite verb, if the dictionary has no other kind; «Петров», «стали» → none."""
    from coopex.annotate._pymorphy import known_forms

    forms = known_forms(word)
    finite = [form for form in forms if form.feats.get("VerbForm") == "Fin" and form.feats.get("Mood") == "Ind"]
    return finite[0] if finite and len(finite) == len(forms) else None
