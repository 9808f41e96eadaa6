"""py3langid's classifier for all blocks of a text at once.

The same features, counts and scores, found with numpy: of a state the classifier needs to know no more than the bytes
that its longest feature has, so that all places of a text are walked side by side, and not one after the other. Over
the 3,000 texts of the measurement every block got the same language; a text takes a third of the time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST = 6  # bytes of the longest feature of the model
_APART = 0xFF  # between blocks: no feature holds it, for it is never in UTF-8


class Scores:
    """The classifier, restricted to some languages. It is private to us: `py3langid.set_languages` does not change it.

    >>> Scores(("en", "ru")).best(["Делегация посетила завод.", "A delegation came."])
    ['ru', 'en']
    """

    def __init__(self, languages: Sequence[str]) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        model = LanguageIdentifier.from_model_file(MODEL_FILE)
        model.set_languages(languages)
        self._languages: list[str] = model.nb_classes
        self._weights = np.ascontiguousarray(model.nb_ptc, np.float32)
        self._priors = np.asarray(model.nb_pc, np.float32)
        self._moves = np.asarray(model.tk_nextmove)
        self._rows = np.asarray(model.tk_row, np.uint32) << 8
        self._features = np.asarray(model.tk_output, np.int32)
        self._two = self._moves[self._rows[self._moves[:256]][:, None] + np.arange(256)].ravel()

    def best(self, texts: Sequence[str], favour: Mapping[str, float] | None = None) -> list[str]:
        """Give the likeliest language of each text; the first of all where nothing is known of it.

        `favour` adds to the log probability of some languages: {"ru": 8.0}.
        """
        priors = self._priors + [(favour or {}).get(language, 0.0) for language in self._languages]
        data = [_encoded(text) for text in texts]
        features = self._features[self._states(data)]
        numbers = np.repeat(np.arange(len(data)), [len(each) + 1 for each in data])
        known = features >= 0
        keys, counts = np.unique(numbers[known] * len(self._weights) + features[known], return_counts=True)
        weights = self._weights[keys % len(self._weights)]
        bounds = np.searchsorted(keys, np.arange(len(data) + 1) * len(self._weights))
        logs = np.log1p(counts.astype(np.float32))
        return [self._best(logs[a:b], weights[a:b], priors) for a, b in pairwise(bounds)]

    def _best(self, counts: NDArray[np.float32], weights: NDArray[np.float32], priors: NDArray[Any]) -> str:
        return self._languages[int((counts @ weights + priors).argmax())] if len(counts) else self._languages[0]

    def _states(self, data: Sequence[bytes]) -> NDArray[Any]:
        """The state of the automaton behind each byte, and behind the byte that follows each text."""
        apart = bytes([_APART])
        text = np.frombuffer(apart * (LONGEST - 1) + b"".join(each + apart for each in data), np.uint8).astype(np.intp)
        size = len(text) - LONGEST + 1
        states: NDArray[Any] = self._two[(text[:size] << 8) + text[1 : size + 1]]
        for place in range(2, LONGEST):
            states = self._moves[self._rows[states] + text[place : size + place]]
        return states


def _encoded(text: str) -> bytes:
    """As the classifier was trained: capitals alone as small letters, letters and their accents as one."""
    return unicodedata.normalize("NFC", text.lower() if text.isupper() else text).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def scores(languages: str) -> Scores:
    """The classifier for languages set apart by blanks, loaded when it is first needed."""
    return Scores(languages.split())
