"""Cached parses of the sentences that rule tests read, so that these tests need no models.

`cached_part("en", "Ivanov visited Harbin.")` → the `Part` that the annotators made of the sentence when
`scripts/make_parses.py` last ran. A sentence that is not there makes the test fail with "run make parses".
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import spacy
import srsly
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from coopex.blocks import Block
from coopex.matching.lexicon import LANGUAGES, read_rules_file
from coopex.matching.text import Part, make_part
from coopex.matching.tree import Tree

FOLDER = Path(__file__).parent
DATA = FOLDER.parent / "data"
Packed = dict[str, Any]

_MARK = re.compile(r"\[(\w+) ([^\[\]]+)\]")
_REASON = re.compile(r"^((?:parse|scope|reference)(?: \([^()]*\))?): ")


class MissingParseError(AssertionError):
    """A sentence has no cached parse."""


# --- which sentences -------------------------------------------------------------------------------


def wanted(language: str) -> list[str]:
    """All sentences of the examples, the status cases, the quiet news and the agreements, each once, sorted."""
    status = (case["text"] for case in status_cases(language))
    agreements = (case["text"] for case in agreement_cases(language))
    return sorted({*_example_sentences(language), *status, *quiet_sentences(language), *agreements})


def rule_examples() -> dict[str, dict[str, Any]]:
    """The examples file as it stands: rule → "examples" | "not" | "known_failures" → language → sentences."""
    found: dict[str, dict[str, Any]] = read_rules_file("examples.yaml")
    return found


def status_cases(language: str) -> list[dict[str, Any]]:
    """Cases of `tests/data/status_{language}.yaml`: text, trigger, effect, perhaps block and known."""
    groups = srsly.read_yaml(DATA / f"status_{language}.yaml")
    return [case for group in groups.values() for case in group]


def agreement_cases(language: str) -> list[dict[str, Any]]:
    """Passages of `tests/data/agreements_{language}.yaml`: text, nouns or agreements, perhaps known."""
    groups = srsly.read_yaml(DATA / f"agreements_{language}.yaml")
    return [case for group in groups.values() for case in group]


def quiet_sentences(language: str) -> dict[str, str | None]:
    """Sentences of `tests/data/quiet.yaml`, each with the rule that fires there today, if any."""
    data = srsly.read_yaml(DATA / "quiet.yaml")
    known = {text: rule for rule, texts in (data["known"].get(language) or {}).items() for text in texts}
    return {**dict.fromkeys(data["quiet"][language]), **known}


def _example_sentences(language: str) -> Iterator[str]:
    for lists in rule_examples().values():
        for by_language in lists.values():
            for marked in by_language.get(language) or ():
                yield unmark(split_reason(marked)[1])[0]


def split_reason(text: str) -> tuple[str | None, str]:
    """ "parse (no verb): Ivanov came." → ("parse (no verb)", "Ivanov came."); without a reason (None, text)."""
    found = _REASON.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def unmark(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """ "[visitors Li] [trigger came]." → "Li came.", [("visitors", 0, 2), ("trigger", 3, 7)]."""
    plain, marks, end = "", [], 0
    for found in _MARK.finditer(marked):
        plain += marked[end : found.start()]
        marks.append((found[1], len(plain), len(plain) + len(found[2])))
        plain += found[2]
        end = found.end()
    return plain + marked[end:], marks


# --- writing ---------------------------------------------------------------------------------------


def pack(doc: Doc, base_forms: list[str]) -> Packed:
    """Keep of a Doc what rules read, one list per attribute; `base_forms` go with its entities, in order."""
    return {
        "words": [token.text for token in doc],
        "spaces": "".join("1" if token.whitespace_ else "0" for token in doc),
        "pos": [token.pos_ for token in doc],
        "tag": [token.tag_ for token in doc],
        "lemma": [token.lemma_ for token in doc],
        "morph": [str(token.morph) for token in doc],
        "head": [token.head.i for token in doc],
        "dep": [token.dep_ for token in doc],
        "start": "".join("1" if token.is_sent_start else "0" for token in doc),
        "ents": [[ent.start, ent.end, ent.label_, base] for ent, base in zip(doc.ents, base_forms, strict=True)],
    }


def write(language: str, parses: dict[str, Packed]) -> Path:
    """Write the parses of a language; the same parses give the same bytes."""
    path = FOLDER / f"{language}.json.gz"
    lines = [f"{_json(text)}:{_json(parses[text])}" for text in sorted(parses)]
    raw = ("{" + ",\n".join(lines) + "}\n").encode()
    path.write_bytes(gzip.compress(raw, mtime=0))
    return path


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


# --- reading ---------------------------------------------------------------------------------------


def cached_part(language: str, text: str, kind: Literal["title", "body"] = "body") -> Part:
    """Give the part that the engine sees when `text` is one block of an article."""
    packed = cached(language).get(text)
    if packed is None:
        raise MissingParseError(f"no cached parse of {text!r}: run make parses")
    doc = unpack(language, packed)
    bases = {(start, end): base for start, end, _, base in packed["ents"]}
    block = Block(0, len(text), kind, language)
    return make_part(0, block, doc, language, lambda span: bases[span.start, span.end])


@lru_cache(maxsize=len(LANGUAGES))
def cached(language: str) -> dict[str, Packed]:
    """All cached parses of a language; empty before the first `make parses`."""
    path = FOLDER / f"{language}.json.gz"
    found: dict[str, Packed] = json.loads(gzip.decompress(path.read_bytes())) if path.exists() else {}
    return found


def unpack(language: str, packed: Packed) -> Doc:
    """Make the Doc again that `pack` was given."""
    doc = Doc(
        vocab(language),
        words=packed["words"],
        spaces=[mark == "1" for mark in packed["spaces"]],
        pos=packed["pos"],
        tags=packed["tag"],
        lemmas=packed["lemma"],
        morphs=packed["morph"],
        heads=packed["head"],
        deps=packed["dep"],
        sent_starts=[mark == "1" for mark in packed["start"]],
    )
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label, _ in packed["ents"]])
    return doc


@lru_cache(maxsize=len(LANGUAGES))
def vocab(language: str) -> Vocab:
    """Give the vocabulary that all cached documents of a language share."""
    return spacy.blank(language).vocab


# --- saying what was seen --------------------------------------------------------------------------


def tree(doc: Doc | Tree) -> str:
    """Print a parse for messages: words with part of speech, relation and head, then the names."""
    words = [f"{word.text}/{word.pos_}<{word.dep_}<{word.head.text}" for word in doc if not word.is_punct]
    names = [f"{ent.text}/{ent.label_}" for ent in doc.ents]
    return f"{' '.join(words)} | names: {', '.join(names) or 'none'}"
