"""Read the NER sources into one label set: PER, ORG, LOC; demonyms, titles, events are no names here."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import srsly
from conllu import Sentence, Word, open_text, read_conllu
from swap import Tagged, span_end

CROSSNER = {
    "politician": "PER", "person": "PER", "scientist": "PER", "researcher": "PER",
    "organisation": "ORG", "politicalparty": "ORG", "university": "ORG",
    "country": "LOC", "location": "LOC",
}  # fmt: skip
GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}
RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
LABELS = {"PER", "ORG", "LOC"}
PERSON_LINKS = {"de", "van", "von", "da", "al", "-", "bin"}
LINKS = {"of", "for", "and", "the", "&", "de", "-", "in", "on"}
TITLES = frozenset(srsly.read_yaml(Path(__file__).parent / "titles.yaml"))


def columns(path: Path, tag_column: int, word_column: int = 0, separator: str | None = None) -> Iterator[Tagged]:
    """A column file with blank lines between sentences -> its sentences with raw tags."""
    words: list[str] = []
    tags: list[str | None] = []
    for line in open_text(path):
        if line.startswith("# "):
            continue
        parts = line.split(separator) if line.strip() else []
        if not parts:
            if words:
                yield Tagged(tuple(words), tuple(tags))
            words, tags = [], []
        else:
            words.append(parts[word_column])
            tags.append(parts[tag_column])
    if words:
        yield Tagged(tuple(words), tuple(tags))


def relabel(text: Tagged, label: Callable[[str], str | None]) -> Tagged:
    """Raw IOB1 or IOB2 tags -> IOB2 over our labels; what ``label`` maps to None becomes O."""
    tags: list[str | None] = []
    before = None
    for raw in text.tags:
        prefix, _, kind = (raw or "O").partition("-")
        name = label(kind) if kind else None
        starts = prefix == "B" or name != before
        tags.append(f"{'B' if starts else 'I'}-{name}" if name else "O")
        before = name
    return Tagged(text.words, tuple(tags))


def uner(path: Path) -> list[Tagged]:
    """Universal NER file; ``OTH`` and ``O`` labels are no names."""
    return [relabel(text, lambda kind: kind if kind in LABELS else None) for text in columns(path, 2, 1, "\t")]


def wikigold(path: Path) -> list[Tagged]:
    """Wikigold, IOB1; ``MISC`` is no name."""
    return [relabel(text, lambda kind: kind if kind in LABELS else None) for text in columns(path, 1)]


def crossner(folder: Path) -> list[Tagged]:
    """CrossNER politics, science and AI; its many types reduced to ours."""
    return [relabel(text, CROSSNER.get) for path in sorted(folder.glob("*.gz")) for text in columns(path, -1)]


def without_titles(text: Tagged) -> Tagged:
    """``President Bush`` tagged PER -> only ``Bush`` tagged; lower-case words before a place likewise."""
    tags = list(text.tags)
    position = 0
    while position < len(tags):
        end = span_end(tags, position)
        if tags[position] == "B-PER":
            _strip(text.words, tags, position, end, lambda word: word.lower() in TITLES)
        elif tags[position] == "B-LOC":
            _strip(text.words, tags, position, end, str.islower)
        position = end
    return Tagged(text.words, tuple(tags))


def usual_labels(texts: Iterable[Tagged], least: int, share: float) -> dict[str, str]:
    """Names that bear one label nearly everywhere -> that label."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        for start, end, label in spans(text):
            counts.setdefault(" ".join(text.words[start:end]), Counter())[label] += 1
    usual = {}
    for name, labels in counts.items():
        label, count = labels.most_common(1)[0]
        if labels.total() >= least and count >= share * labels.total():
            usual[name] = label
    return usual


def by_majority(silver: list[Tagged], gold: Iterable[Tagged]) -> list[Tagged]:
    """Silver labels made consistent: what is LOC in the gold, or mostly in the silver, is LOC."""
    usual = usual_labels(silver, least=5, share=0.6) | usual_labels(gold, least=3, share=0.8)
    return [relabel_names(text, usual) for text in silver]


def relabel_names(text: Tagged, usual: dict[str, str]) -> Tagged:
    """Give every tagged name its usual label where it has one."""
    tags = list(text.tags)
    for start, end, label in spans(text):
        better = usual.get(" ".join(text.words[start:end]), label)
        tags[start:end] = [f"{'I' if index else 'B'}-{better}" for index in range(end - start)]
    return Tagged(text.words, tuple(tags))


def spans(text: Tagged) -> Iterator[tuple[int, int, str]]:
    """Names of a tagged text as (start, end, label), token offsets."""
    position = 0
    while position < len(text.tags):
        end = span_end(text.tags, position)
        tag = text.tags[position]
        if tag and tag[0] == "B":
            yield position, end, tag[2:]
        position = end


def _strip(words: tuple[str, ...], tags: list[str | None], start: int, end: int, drop: Callable[[str], bool]) -> None:
    label = str(tags[start])
    while start < end and drop(words[start]):
        tags[start] = "O"
        start += 1
    if start < end:
        tags[start] = label


def redocred(path: Path, demonyms: set[str]) -> list[Tagged]:
    """Re-DocRED: every mention span of PER, ORG and LOC; demonyms, which it calls LOC, are left out."""
    texts: list[Tagged] = []
    for document in json.loads(gzip.decompress(path.read_bytes())):
        tags = [["O"] * len(sentence) for sentence in document["sents"]]
        for mention in (mention for vertex in document["vertexSet"] for mention in vertex):
            start, end = mention["pos"]
            words = document["sents"][mention["sent_id"]][start:end]
            if mention["type"] in LABELS and words and words[-1] not in demonyms:
                marks = [f"{'I' if index else 'B'}-{mention['type']}" for index in range(len(words))]
                tags[mention["sent_id"]][start:end] = marks
        texts.extend(Tagged(tuple(words), tuple(marks)) for words, marks in zip(document["sents"], tags, strict=True))
    return texts


def gum(path: Path) -> list[Tagged]:
    """GUM entities whose head is a proper noun, cut down to the name; the outermost name wins."""
    return [_gum_text(sentence) for sentence in read_conllu(path)]


def _gum_text(sentence: Sentence) -> Tagged:
    tags: list[str | None] = ["O"] * len(sentence.words)
    for start, end, kind in sorted(_gum_mentions(sentence), key=lambda span: span[0] - span[1]):
        name = _name_inside(sentence.words, start, end, kind == "PER")
        if name and all(tag == "O" for tag in tags[name[0] : name[1]]):
            marks = [f"{'I' if index else 'B'}-{kind}" for index in range(name[1] - name[0])]
            tags[name[0] : name[1]] = marks
    return without_titles(Tagged(tuple(word.form for word in sentence.words), tuple(tags)))


def _gum_mentions(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    open_spans: list[tuple[str, str, int]] = []
    for index, word in enumerate(sentence.words):
        found = re.search(r"(?:^|\|)Entity=([^|]*)", word.misc)
        for opening, closing in re.findall(r"\(([^()]*)|([^()]*)\)", found.group(1)) if found else ():
            if opening:
                whole = re.match(r"([^-\[]+(?:\[[^\]]*\])?)-([a-z]+)", opening)
                if whole:
                    open_spans.append((whole.group(1), whole.group(2), index))
            yield from _close(open_spans, closing, index)
            single = found is not None and opening and _closes_at_once(found.group(1), opening)
            if single and open_spans:
                _, kind, start = open_spans.pop()
                if kind in GUM:
                    yield start, index + 1, GUM[kind]


def _closes_at_once(value: str, opening: str) -> bool:
    position = value.find("(" + opening)
    return value[position + 1 + len(opening) : position + 2 + len(opening)] == ")"


def _close(open_spans: list[tuple[str, str, int]], closing: str, index: int) -> Iterator[tuple[int, int, str]]:
    for position in range(len(open_spans) - 1, -1, -1):
        name, kind, start = open_spans[position]
        if closing and name == closing:
            del open_spans[position]
            if kind in GUM:
                yield start, index + 1, GUM[kind]
            return


def _name_inside(words: list[Word], start: int, end: int, person: bool) -> tuple[int, int] | None:
    heads = [index for index in range(start, end) if not start <= words[index].head < end or words[index].head == index]
    if not heads or words[heads[0]].upos != "PROPN":
        return None
    first = last = heads[0]
    while first > start and _belongs(words, first - 1, first - 2, start, end, person):
        first -= 1
    while last + 1 < end and _belongs(words, last + 1, last + 2, start, end, person):
        last += 1
    while words[first].form.lower() in LINKS and first < last:
        first += 1
    while words[last].form.lower() in LINKS and last > first:
        last -= 1
    return first, last + 1


def _belongs(words: list[Word], index: int, beyond: int, start: int, end: int, person: bool) -> bool:
    word = words[index]
    if (word.upos in {"PROPN", "ADJ", "NOUN", "NUM", "VERB", "X"} and word.form[:1].isupper()) or word.upos == "PROPN":
        return True
    links = PERSON_LINKS if person else LINKS
    if word.form.lower() not in links or not start <= beyond < end:
        return False
    return words[beyond].form[:1].isupper() or words[beyond].form.lower() in LINKS


def ud_demonyms(path: Path) -> set[str]:
    """Capitalised adjectives of a treebank: Chinese, European."""
    return {
        word.form
        for sentence in read_conllu(path)
        for word in sentence.words[1:]
        if word.upos == "ADJ" and word.form[:1].isupper() and word.form[1:].islower() and word.xpos.startswith("JJ")
    }


def re3d(folder: Path) -> list[Tagged]:
    """Stand-off files of re3d -> one text per document; nominal mentions dropped, names cut to capitals."""
    texts: list[Tagged] = []
    for path in sorted(folder.glob("*/documents.json.gz")):
        spans: dict[str, list[tuple[int, int, str]]] = {}
        for entity in _json_lines(path.with_name("entities.json.gz")):
            if entity["type"] in RE3D:
                span = (entity["begin"], entity["end"], RE3D[entity["type"]])
                spans.setdefault(entity["documentId"], []).append(span)
        texts.extend(_standoff(row["text"], spans.get(row["_id"], [])) for row in _json_lines(path))
    return texts


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [srsly.json_loads(line) for line in open_text(path) if line.strip()]


def _standoff(text: str, spans: list[tuple[int, int, str]]) -> Tagged:
    pieces = [(m.start(), m.end()) for m in re.finditer(r"\w+(?:[.'’]\w+)*\.?(?=\s\w)|\w+|[^\w\s]", text)]
    tags: list[str | None] = ["O"] * len(pieces)
    for begin, end, label in sorted(spans, key=lambda span: span[0] - span[1]):
        inside = [index for index, (start, stop) in enumerate(pieces) if start >= begin and stop <= end]
        while inside and (not text[pieces[inside[0]][0]].isupper() or _word(text, pieces[inside[0]]) in {"The", "We"}):
            inside = inside[1:]
        lower = any(text[pieces[i][0]].islower() and _word(text, pieces[i]) not in LINKS for i in inside)
        if inside and not lower and all(tags[index] == "O" for index in inside):
            for rank, index in enumerate(inside):
                tags[index] = f"{'I' if rank else 'B'}-{label}"
    return without_titles(Tagged(tuple(text[start:stop] for start, stop in pieces), tuple(tags)))


def _word(text: str, piece: tuple[int, int]) -> str:
    return text[piece[0] : piece[1]]
