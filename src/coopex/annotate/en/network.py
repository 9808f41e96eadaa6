"""The English network: words of a text → what each of its heads makes of them, by onnxruntime.

MiniLM-L6 (Wang et al. 2020) fine-tuned for tags, trees and names, its weights in 8 bits (`models/README.md`). A text
is read by itself and on one thread, so that its numbers do not depend on the texts beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from coopex.annotate.en.wordpiece import WordPieces, shape_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Numbers = np.ndarray[Any, np.dtype[np.floating[Any]]]

WINDOW = 320
"""Pieces read at once. It was trained on up to 400; the time of attention grows with the square."""
OVERLAP = 64
"""Pieces that two windows of a long text share: each word keeps the reading that has 32 pieces around it."""

PER_WORD = ("tags", "morphs", "starts", "names", "arc_dependents", "arc_heads", "label_products", "label_heads",
            "label_dependent_sums", "label_head_sums")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """What the heads choose from: Penn tags, "POS|features", labels of arcs, tags of names."""

    tags: list[str]
    morphs: list[str]
    labels: list[str]
    names: list[str]


@dataclass(frozen=True, slots=True)
class Output:
    """What the network makes of a text: one row a word in each; see `models/training/export_network.py`."""

    tags: Numbers
    morphs: Numbers
    starts: Numbers
    names: Numbers
    arc_dependents: Numbers
    arc_heads: Numbers
    arc_biases: Numbers
    label_products: Numbers
    label_heads: Numbers
    label_dependent_sums: Numbers
    label_head_sums: Numbers
    root: Numbers
    root_bias: Numbers

    def arc_scores(self, sentence: slice) -> Numbers:
        """Return the scores of the words' heads: a column for the root, then one for each word of the sentence."""
        heads = np.concatenate([self.root[None], self.arc_heads[sentence]])
        biases = np.concatenate([self.root_bias[None], self.arc_biases[sentence]])
        scores: Numbers = self.arc_dependents[sentence] @ heads.T + biases
        return scores

    def label_scores(self, words: Sequence[int], heads: Sequence[int]) -> Numbers:
        """Return the scores of the labels between words and their heads, one row a word."""
        width = self.label_heads.shape[1]
        products = self.label_products[words].reshape(len(words), -1, width)
        scores: Numbers = (products @ self.label_heads[heads][:, :, None])[:, :, 0]
        scores += self.label_dependent_sums[words]
        scores += self.label_head_sums[heads]
        return scores


class EnglishNetwork:
    """Reads the words of English texts.

    `EnglishNetwork(folder).read(["Guests", "came", "."])` → an `Output` of three rows. The folder holds
    `network.onnx`, `vocab.txt` and `answers.json`.
    """

    def __init__(self, folder: Path) -> None:
        self.answers = Answers(**json.loads((folder / "answers.json").read_text("utf-8")))
        self._pieces = WordPieces((folder / "vocab.txt").read_text("utf-8").splitlines())
        self._session = _load_session(folder / "network.onnx")
        self._outputs = [output.name for output in self._session.get_outputs()]

    def read(self, words: Sequence[str]) -> Output:
        """Return the network's output for the words of one text, at least one."""
        pieces = [self._pieces.pieces(word) for word in words]
        parts = [(self._run(words[inner], pieces[inner]), keep) for inner, keep in windows([len(p) for p in pieces])]
        first = parts[0][0]
        rows = {name: np.concatenate([found[name][keep] for found, keep in parts]) for name in PER_WORD}
        biases = np.concatenate([found["arc_biases"][:-1][keep] for found, keep in parts])
        return Output(**rows, arc_biases=biases, root=first["root"], root_bias=first["arc_biases"][-1])

    def _run(self, words: Sequence[str], pieces: Sequence[Sequence[int]]) -> dict[str, Any]:
        row, shapes, firsts = [self._pieces.first], [0], []
        for word, ids in zip(words, pieces, strict=True):
            firsts.append(len(row))
            row += ids
            shapes += [shape_of(word)] * len(ids)
        inputs = {
            "pieces": np.array([[*row, self._pieces.last]]),
            "shapes": np.array([[*shapes, 0]]),
            "firsts": np.array(firsts),
        }
        found = dict(zip(self._outputs, self._session.run(None, inputs), strict=True))
        found["arc_heads"], found["root"] = found["arc_heads"][:-1], found["arc_heads"][-1]
        return found


def windows(sizes: Sequence[int], window: int = WINDOW, overlap: int = OVERLAP) -> Iterator[tuple[slice, slice]]:
    """Divide words of so many pieces into windows: of each, its words and which of their readings count.

    `windows([1, 1, 1, 1], window=3, overlap=2)` → words 0–3 keeping 0–2, and words 1–4 keeping 2–4 counted in the text.
    """
    start = kept = 0
    while kept < len(sizes):
        end = _reach(sizes, start, window)
        last = end == len(sizes)
        keep = end if last else max(kept + 1, _back(sizes, end, overlap // 2))
        yield slice(start, end), slice(kept - start, keep - start)
        kept, start = keep, max(start + 1, _back(sizes, end, overlap))
        while start < kept and _reach(sizes, start, window) <= kept:
            start += 1  # a long word leaves no room for what stands before it


def _reach(sizes: Sequence[int], start: int, window: int) -> int:
    """Return the end of the words from `start` that fit the window, one word at least."""
    end, total = start + 1, sizes[start]
    while end < len(sizes) and total + sizes[end] <= window:
        total += sizes[end]
        end += 1
    return end


def _back(sizes: Sequence[int], end: int, pieces: int) -> int:
    """Return the first of the words before `end` that have no more than so many pieces in all."""
    start, total = end, 0
    while start > 0 and total + sizes[start - 1] <= pieces:
        total += sizes[start - 1]
        start -= 1
    return start


def _load_session(path: Path) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
