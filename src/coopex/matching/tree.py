"""An annotated block in plain Python objects: words with their heads and children, made once.

spaCy makes a new `Token` at every look into a `Doc` and finds the children of a word by going through its sentence.
Matching and resolving look 16,000 times at the words of one text of 300, and took twice as long on a `Doc`. Names are
those of spaCy's API, so that what is written for one reads the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORDS: list[int | str] = ["ORTH", "LEMMA"]
_LABELS: list[int | str] = ["POS", "TAG", "DEP", "MORPH"]
_NUMBERS: list[int | str] = ["IDX", "HEAD", "SENT_START"]


class Features(dict[str, list[str]]):
    """Universal features of a word: `Features("Case=Nom|Number=Sing").get("Case", [])` → ["Nom"]."""

    def __init__(self, text: str) -> None:
        pairs = (feature.partition("=") for feature in text.split("|") if "=" in feature)
        super().__init__((name, values.split(",")) for name, _, values in pairs)
        self.text = text.removeprefix("_")  # which stands for no features

    def __str__(self) -> str:
        return self.text


_labels: dict[int, str] = {}  # by spaCy's hash, the same in every vocabulary: some 700 labels and sets of features
_features: dict[int, Features] = {}


class Token:
    """A word of a `Tree`, with the attributes of spaCy's `Token` that rules ask for."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_sent_start",
        "lemma_",
        "lower_",
        "morph",
        "pos_",
        "tag_",
        "text",
    )
    head: Token
    children: Sequence[Token]

    def __init__(
        self,
        doc: Tree,
        i: int,
        idx: int,
        opens: int,
        text: str,
        lemma: str,
        pos: str,
        tag: str,
        dep: str,
        morph: Features,
    ) -> None:
        self.doc, self.i, self.text, self.lower_, self.lemma_, self.pos_ = doc, i, text, text.lower(), lemma, pos
        self.tag_, self.dep_, self.morph, self.idx, self.is_sent_start = tag, dep, morph, idx, opens == 1
        self.ent_type_, self.children = "", ()

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def lang_(self) -> str:
        """Language of the block."""
        return self.doc.lang_

    @property
    def is_alpha(self) -> bool:
        """Whether the word has letters only."""
        return self.text.isalpha()

    @property
    def is_upper(self) -> bool:
        """Whether the word is written in capitals."""
        return self.text.isupper()

    @property
    def is_punct(self) -> bool:
        """Whether the word is punctuation."""
        return bool(self.doc.source[self.i].is_punct)

    @property
    def sent(self) -> Span:
        """Sentence of the word."""
        return self.doc.sentences[self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        """The head, the head of the head, … up to the root of the sentence."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> Iterator[Token]:
        """The word and all that hangs on it, in the order of the tree."""
        own = False
        for child in self.children:
            if not own and child.i > self.i:
                own = True
                yield self
            yield from child.subtree
        if not own:
            yield self


class Span:
    """Neighbouring words of a `Tree`."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Tree, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self))
            return Span(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.tokens[self.start : self.end][place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.doc, self.start, self.end) == (other.doc, other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        """Where the first word begins."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where the last word ends."""
        if self.start == self.end:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words as they stand in the block."""
        return self.doc.text[self.start_char : self.end_char] if self.start < self.end else ""

    @property
    def root(self) -> Token:
        """The word nearest to the root of the sentence, the first of several."""
        tokens = self.doc.tokens
        own = tokens[self.start : self.end]
        tops = [token for token in own if not self.start <= token.head.i < self.end]
        top = next((token for token in own if token.head is token), None)
        if top is not None or len(tops) < 2:
            return top or (tops[0] if tops else tokens[self.start])
        return min(tops, key=_depth)


def _depth(token: Token) -> int:
    """How far a word is from the root; lone punctuation and spaces are as far as can be, as in spaCy."""
    if not token.children and (token.is_punct or token.text.isspace()):
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


def _words(doc: Doc) -> Iterator[list[str]]:
    """Give the words of a block, and their lemmas."""
    store, columns = doc.vocab.strings, doc.to_array(_WORDS).T.tolist()
    known = {key: store[key] for key in set(chain.from_iterable(columns))}
    return ([known[key] for key in column] for column in columns)


def _labelled(doc: Doc) -> tuple[list[str], list[str], list[str], list[Features]]:
    """Give the part of speech, tag, relation and features of every word."""
    columns = doc.to_array(_LABELS).T.tolist()
    try:
        pos, tags, relations = (list(map(_labels.__getitem__, column)) for column in columns[:3])
        return pos, tags, relations, list(map(_features.__getitem__, columns[3]))
    except KeyError:
        for key in set(chain.from_iterable(columns)):
            _labels[key] = doc.vocab.strings[key]
            _features[key] = Features(_labels[key])
        return _labelled(doc)


class Tree:
    """The words of an annotated block: `Tree(doc)[3].head.text`; `source` is the `Doc` that was read."""

    def __init__(self, doc: Doc) -> None:
        self.source, self.text, self.lang_ = doc, doc.text, doc.lang_
        starts, heads, opens = doc.to_array(_NUMBERS).astype("int64").T.tolist()
        self.tokens = tokens = list(map(Token, repeat(self), count(), starts, opens, *_words(doc), *_labelled(doc)))
        children = defaultdict[int, list[Token]](list)
        for token, offset in zip(tokens, heads, strict=True):
            token.head = tokens[token.i + offset]
            if offset:
                children[token.i + offset].append(token)
        for i, hung in children.items():
            tokens[i].children = hung
        self.sents = self._sentences()
        self.sentences = [sentence for sentence in self.sents for _ in range(len(sentence))]
        self.ents = [Span(self, ent.start, ent.end, ent.label_) for ent in doc.ents]
        for ent in self.ents:
            for token in ent:
                token.ent_type_ = ent.label_

    def _sentences(self) -> list[Span]:
        starts = [token.i for token in self.tokens[:1]] + [t.i for t in self.tokens[1:] if t.is_sent_start]
        return [Span(self, a, b) for a, b in zip(starts, [*starts[1:], len(self.tokens)], strict=True)]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[place]

    def has_annotation(self, attribute: str) -> bool:
        """Tell whether the block has heads ("DEP"), parts of speech ("POS") or the like."""
        return bool(self.source.has_annotation(attribute))

    def char_span(self, start: int, end: int, **options: Any) -> Span | None:
        """Give the words between two offsets of the block, as spaCy finds them."""
        span = self.source.char_span(start, end, **options)
        return None if span is None else Span(self, span.start, span.end)
