"""Read CoNLL-U files as the Universal Dependencies treebanks publish them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; ``head`` counts from 0 and the root is its own head."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space: bool
    misc: str


@dataclass(slots=True)
class Sentence:
    """The words of one sentence; ``starts_document`` marks the first one of a document."""

    words: list[Word] = field(default_factory=list)
    text: str = ""
    starts_document: bool = False


def open_text(path: Path) -> list[str]:
    """Lines of a text file, gzipped or not."""
    raw = path.read_bytes()
    data = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return data.decode("utf-8").split("\n")


def read_conllu(path: Path) -> Iterator[Sentence]:
    """``treebank.conllu.gz`` -> its sentences, in order. Words of a multiword token touch one another."""
    sentence = Sentence()
    joined_until, joined_space = -1, True
    for line in open_text(path):
        if not line.strip():
            if sentence.words:
                yield sentence
                sentence = Sentence()
            joined_until = -1
        elif line.startswith("#"):
            _read_comment(line, sentence)
        else:
            columns = line.split("\t")
            if "-" in columns[0]:
                joined_until = int(columns[0].split("-")[1])
                joined_space = "SpaceAfter=No" not in columns[9]
            elif "." not in columns[0]:
                number = int(columns[0])
                space = "SpaceAfter=No" not in columns[9]
                if number <= joined_until:
                    space = joined_space if number == joined_until else False
                sentence.words.append(_word(columns, number, space))
    if sentence.words:
        yield sentence


def _read_comment(line: str, sentence: Sentence) -> None:
    if line.startswith("# text = "):
        sentence.text = line[len("# text = ") :]
    elif line.startswith("# newdoc"):
        sentence.starts_document = True


def _word(columns: list[str], number: int, space: bool) -> Word:
    head = int(columns[6]) if columns[6].isdigit() else 0
    feats = "" if columns[5] == "_" else columns[5]
    return Word(
        form=columns[1],
        lemma=columns[2],
        upos=columns[3],
        xpos=columns[4],
        feats=feats,
        head=head - 1 if head else number - 1,
        deprel=columns[7],
        space=space,
        misc=columns[9],
    )
