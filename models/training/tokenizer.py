"""The tokenizer of the pipeline: spaCy's English rules, brought near to the words of UD English."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

RUNS = [r"([=*_#~])\1+", r"[!?]{2,}", r"\$\$+", r"<<+", r">>+"]
INFIXES = [r"(?<=[A-Za-z.])-(?=\d)", r"(?<=\.)-(?=[A-Za-z])"]
WHOLE = re.compile(r"^(?:(?:[A-Z][a-z]?\.){2,4}|[Ee]-mails?)$")
WITH_PERIOD = ("al.", "etc.", "Capt.", "Acad.", "Assoc.", "Bros.")
JOINED_EXCEPTIONS = ("and/or",)


def english() -> Language:
    """An empty English pipeline with the tokenizer of the product.

    Runs of one sign are one word, as in UD English; initials as in "Yu.A. Ivanov" stay together.
    """
    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    assert nlp.Defaults.prefixes is not None
    assert nlp.Defaults.suffixes is not None
    assert nlp.Defaults.infixes is not None
    tokenizer.prefix_search = compile_prefix_regex([*RUNS, *nlp.Defaults.prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex([*RUNS, *nlp.Defaults.suffixes]).search
    tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *INFIXES]).finditer
    tokenizer.rules = {text: rule for text, rule in (tokenizer.rules or {}).items() if text not in JOINED_EXCEPTIONS}
    tokenizer.token_match = WHOLE.match
    for text in WITH_PERIOD:
        tokenizer.add_special_case(text, [{"ORTH": text}])
    return nlp


class Splitter:
    """Splits words of other corpora as the pipeline's tokenizer does: ``Sino-Soviet`` -> Sino - Soviet."""

    def __init__(self) -> None:
        self._nlp = english()
        self.pieces = cache(self._pieces)

    def _pieces(self, word: str) -> tuple[str, ...]:
        return tuple(token.text for token in self._nlp.tokenizer(word)) or (word,)
