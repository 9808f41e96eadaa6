"""Training texts of the English network: treebank sentences with names, and texts with names only."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ner_data
from conllu import Sentence, read_conllu
from parse_data import as_headline, curl_quotes, group_sentences
from swap import NameMaker, Tagged
from tokenizer import Splitter

TREEBANKS = ("ud_ewt/en_ewt-ud-train.conllu.gz", "gum/gum-train.conllu.gz")
LONGEST_GROUP = 5
"""Sentences of a treebank that stand together in one instance, as in a paragraph."""
CURLED_SHARE = 0.3
TITLED_SHARE = 0.06
CAPITALS_SHARE = 0.04
SWAPPED_SHARE = 0.12
SILVER_SHARE = 0.25
NAMED_SHARE = 0.5
"""Of the groups of texts with names only, in one epoch: trees are the harder task, and the smaller corpus."""
TEMPLATES = 2500
LONGEST_NAMES_GROUP = 3
CURLY = {'"': "\u201c", "'": "\u2019"}
NAMES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")


@dataclass(frozen=True, slots=True)
class Instance:
    """One text to learn from: words, their name tags where known, and its sentences where parsed."""

    words: tuple[str, ...]
    names: tuple[str | None, ...] | None
    sentences: tuple[Sentence, ...] = ()


class Corpus:
    """All training data, read once; every epoch draws other groups, headlines and made-up names from it."""

    def __init__(self, data: Path) -> None:
        ewt, gum = (list(read_conllu(data / name)) for name in TREEBANKS)
        names_ewt = ner_data.uner(data / "uner_ewt/en_ewt-ud-train.iob2.gz")
        names_gum = ner_data.gum(data / "gum/gum-train.conllu.gz")
        self.parsed = [with_names(ewt, names_ewt), with_names(gum, names_gum)]
        demonyms = ner_data.ud_demonyms(data / TREEBANKS[0])
        self.named = [
            ner_data.wikigold(data / "wikigold/wikigold.conll.txt.gz"),
            ner_data.redocred(data / "redocred/dev_revised.json.gz", demonyms),
            ner_data.redocred(data / "redocred/test_revised.json.gz", demonyms),
            ner_data.crossner(data / "crossner"),
        ]
        gold = [names_ewt, names_gum, *self.named]
        self.swapped = gold
        self.silver = ner_data.by_majority(ner_data.re3d(data / "re3d"), [text for texts in gold for text in texts])
        self.maker = name_maker(gold, demonyms)
        self.splitter = Splitter()

    def epoch(self, seed: int) -> list[Instance]:
        """One pass over the data in a random order."""
        rng = random.Random(seed)
        self.maker.rng = random.Random(seed + 1)
        found = [*self._trees(rng), *self._names(rng)]
        rng.shuffle(found)
        return found

    def _trees(self, rng: random.Random) -> Iterator[Instance]:
        for pairs in self.parsed:
            named = {id(sentence): names for sentence, names in pairs}
            for group in group_sentences([sentence for sentence, _ in pairs], LONGEST_GROUP, rng):
                curled = rng.random() < CURLED_SHARE
                shown = [curl_quotes(sentence) for sentence in group] if curled else group
                yield parsed_instance(shown, [named[id(sentence)] for sentence in group])
                for sentence in group:
                    draw = rng.random()
                    if 4 <= len(sentence.words) <= 25 and draw < TITLED_SHARE + CAPITALS_SHARE:
                        headline = as_headline(sentence, capitals=draw < CAPITALS_SHARE)
                        names = named[id(sentence)]
                        yield parsed_instance([headline], [names and names[: len(headline.words)]])

    def _names(self, rng: random.Random) -> Iterator[Instance]:
        texts = [text for source in self.named for text in grouped(source, rng) if rng.random() < NAMED_SHARE]
        texts += [text for text in grouped(self.silver, rng) if rng.random() < SILVER_SHARE]
        for source in self.swapped:
            texts += [self.maker.swap(text) for text in grouped(source, rng) if rng.random() < SWAPPED_SHARE]
        texts += grouped([self.maker.from_template() for _ in range(TEMPLATES)], rng)
        for text in texts:
            text = resplit(text, self.splitter)
            if rng.random() < CAPITALS_SHARE / 2:
                text = Tagged(tuple(word.upper() for word in text.words), text.tags)
            elif rng.random() < CURLED_SHARE:
                text = Tagged(tuple(CURLY.get(word, word.replace("'", "\u2019")) for word in text.words), text.tags)
            yield Instance(text.words, text.tags)


def with_names(
    sentences: Sequence[Sentence], texts: Sequence[Tagged]
) -> list[tuple[Sentence, tuple[str | None, ...] | None]]:
    """Sentences of a treebank with the names that another corpus marks in them; None where words differ."""
    known = {text.words: text.tags for text in texts}
    return [(sentence, known.get(tuple(word.form for word in sentence.words))) for sentence in sentences]


def parsed_instance(sentences: Sequence[Sentence], names: Sequence[tuple[str | None, ...] | None]) -> Instance:
    """Sentences and their names → one instance; without names when one sentence has none."""
    words = tuple(word.form for sentence in sentences for word in sentence.words)
    whole = [tags for tags in names if tags is not None]
    tags = tuple(tag for part in whole for tag in part) if len(whole) == len(sentences) else None
    return Instance(words, tags, tuple(sentences))


def grouped(texts: Sequence[Tagged], rng: random.Random) -> Iterator[Tagged]:
    """Join one to three neighbouring sentences."""
    position = 0
    while position < len(texts):
        group = texts[position : position + rng.randint(1, LONGEST_NAMES_GROUP)]
        position += len(group)
        yield Tagged(tuple(w for text in group for w in text.words), tuple(t for text in group for t in text.tags))


def resplit(text: Tagged, splitter: Splitter) -> Tagged:
    """Divide words as the tokenizer of the pipeline does; the pieces of a name stay in the name."""
    words: list[str] = []
    tags: list[str | None] = []
    for word, tag in zip(text.words, text.tags, strict=True):
        pieces = splitter.pieces(word)
        words.extend(pieces)
        tags.append(tag)
        tags.extend([f"I{tag[1:]}" if tag and tag != "O" else tag] * (len(pieces) - 1))
    return Tagged(tuple(words), tuple(tags))


def name_maker(sources: Iterable[Sequence[Tagged]], demonyms: set[str]) -> NameMaker:
    """A maker of names whose places are the short LOC names of the sources."""
    places: Counter[str] = Counter()
    for texts in sources:
        for text in texts:
            places.update(
                " ".join(text.words[start:end])
                for start, end, label in ner_data.spans(text)
                if label == "LOC"
                and end - start <= 2
                and all(w.isalpha() and w.istitle() for w in text.words[start:end])
            )
    endings = ("an", "ese", "ish", "i", "ch", "ek", "ak", "yz")
    repeated = [name for name, count in sorted(places.items()) for _ in range(min(count, 8))]
    return NameMaker(repeated, sorted(word for word in demonyms if word.isalpha() and word.endswith(endings)))
