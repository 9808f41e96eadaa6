"""Train the English network once: `train_network.py --seed 1 --pieces 1600000 --output build/network-1.pt`.

Runs with different seeds start from the same heads, or from the mean of earlier runs (`--start`), so that the mean of
their weights is a network too.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from base_model import fetch_base
from conllu import read_conllu
from instances import NAMES, TREEBANKS, Corpus, Instance
from network import Network, Sizes, load_base, mean_of
from torch import Tensor
from torch.nn import functional

from coopex.annotate.en.wordpiece import WordPieces, shape_of

RATE = 3e-4
WARM_UP = 0.08
BATCH_PIECES = 1300
LONGEST = 400
NO_LABEL = -100


@dataclass(frozen=True, slots=True)
class Labels:
    """What the heads choose from; a part of speech goes with its features: "NOUN|Number=Plur"."""

    tags: list[str]
    morphs: list[str]
    labels: list[str]
    names: list[str]

    @classmethod
    def of(cls, data: Path) -> Labels:
        """Return all answers of the training treebanks, sorted."""
        words = [word for name in TREEBANKS for sentence in read_conllu(data / name) for word in sentence.words]
        return cls(
            sorted({word.xpos for word in words}),
            sorted({f"{word.upos}|{word.feats}" for word in words}),
            sorted({word.deprel for word in words} - {"root"}),
            list(NAMES),
        )

    def sizes(self) -> Sizes:
        """How many answers each head has."""
        return Sizes(len(self.tags), len(self.morphs), len(self.labels), len(self.names))


@dataclass(slots=True)
class Batch:
    """Instances as tensors; words of all texts stand in one row, sentence by sentence."""

    pieces: Tensor
    shapes: Tensor
    ended: Tensor
    firsts: Tensor
    tags: Tensor
    morphs: Tensor
    starts: Tensor
    names: Tensor
    heads: Tensor
    labels: Tensor
    parsed: Tensor
    sentence: Tensor


class Batcher:
    """Turns instances into batches of some `BATCH_PIECES` pieces of texts alike in length."""

    def __init__(self, pieces: WordPieces, labels: Labels) -> None:
        self.pieces = pieces
        self.tags, self.morphs, self.labels, self.names = (
            {name: index for index, name in enumerate(names)}
            for names in (labels.tags, labels.morphs, labels.labels, labels.names)
        )

    def batches(self, instances: Sequence[Instance], rng: random.Random) -> Iterator[Batch]:
        """Yield the batches of one epoch in a random order."""
        laid = [(sum(len(self.pieces.pieces(word)) for word in item.words) + 2, item) for item in instances]
        laid = sorted(((size, rng.random(), item) for size, item in laid if size <= LONGEST), key=lambda row: row[:2])
        groups: list[list[Instance]] = [[]]
        for size, _, item in laid:
            if (len(groups[-1]) + 1) * size > BATCH_PIECES and groups[-1]:
                groups.append([])
            groups[-1].append(item)
        rng.shuffle(groups)
        for group in groups:
            yield self.batch(group)

    def batch(self, group: Sequence[Instance]) -> Batch:
        """Return the tensors of some instances."""
        rows, shapes, firsts = [], [], []
        for item in group:
            row, shape, first = [self.pieces.first], [0], []
            for word in item.words:
                first.append(len(row))
                row += self.pieces.pieces(word)
                shape += [shape_of(word)] * (len(row) - len(shape))
            rows.append([*row, self.pieces.last])
            shapes.append([*shape, 0])
            firsts.append(first)
        longest = max(map(len, rows))
        fill = [[0] * (longest - len(row)) for row in rows]
        answers = [answer for item in group for answer in self._answers(item)]
        numbers, heads, labels, sentence = self._trees(group)
        columns = torch.tensor(answers).T
        return Batch(
            torch.tensor([row + rest for row, rest in zip(rows, fill, strict=True)]),
            torch.tensor([row + rest for row, rest in zip(shapes, fill, strict=True)]),
            torch.tensor([[False] * len(row) + [True] * len(rest) for row, rest in zip(rows, fill, strict=True)]),
            torch.tensor([index * longest + place for index, places in enumerate(firsts) for place in places]),
            *columns,
            torch.tensor(heads, dtype=torch.long),
            torch.tensor(labels, dtype=torch.long),
            torch.tensor(numbers, dtype=torch.long),
            torch.tensor(sentence, dtype=torch.long),
        )

    def _answers(self, item: Instance) -> Iterator[tuple[int, int, int, int]]:
        """Tag, features, start and name of each word, `NO_LABEL` where unknown."""
        names = [NO_LABEL if tag is None else self.names.get(tag, NO_LABEL) for tag in item.names or ()]
        names = names or [NO_LABEL] * len(item.words)
        if not item.sentences:
            yield from ((NO_LABEL, NO_LABEL, NO_LABEL, name) for name in names)
            return
        words = [(index, word) for sentence in item.sentences for index, word in enumerate(sentence.words)]
        for number, ((index, word), name) in enumerate(zip(words, names, strict=True)):
            start = int(index == 0) if number else NO_LABEL
            yield self.tags[word.xpos], self.morphs[f"{word.upos}|{word.feats}"], start, name

    def _trees(self, group: Sequence[Instance]) -> tuple[list[int], list[int], list[int], list[int]]:
        """Of parsed words: their numbers in the batch, heads (0 the root, else numbers among the parsed from 1),
        labels (`NO_LABEL` for roots) and sentences."""
        numbers: list[int] = []
        heads: list[int] = []
        labels: list[int] = []
        sentence_of: list[int] = []
        passed = 0
        for item in group:
            for sentence in item.sentences:
                offset = len(numbers)
                for index, word in enumerate(sentence.words):
                    root = word.head == index
                    numbers.append(passed + index)
                    heads.append(0 if root else offset + word.head + 1)
                    labels.append(NO_LABEL if root else self.labels[word.deprel])
                    sentence_of.append(offset)
                passed += len(sentence.words)
            passed += 0 if item.sentences else len(item.words)
        return numbers, heads, labels, sentence_of


def loss_of(network: Network, batch: Batch) -> Tensor:
    """Sum of the heads' cross entropies, each a mean over the words that have an answer."""
    states = network.encode(batch.pieces, batch.shapes, batch.ended)
    words = network.dropout(states.flatten(0, 1)[batch.firsts])
    losses = []
    if bool((batch.names != NO_LABEL).any()):
        losses.append(functional.cross_entropy(network.name(words), batch.names, ignore_index=NO_LABEL))
    if len(batch.parsed):
        losses.append(functional.cross_entropy(network.tag(words), batch.tags, ignore_index=NO_LABEL))
        losses.append(functional.cross_entropy(network.morph(words), batch.morphs, ignore_index=NO_LABEL))
        known = batch.starts != NO_LABEL
        starts = network.start(words)[:, 0][known]
        losses.append(functional.binary_cross_entropy_with_logits(starts, batch.starts[known].float()))
        losses += tree_losses(network, words[batch.parsed], batch)
    return torch.stack(losses).sum()


def tree_losses(network: Network, words: Tensor, batch: Batch) -> list[Tensor]:
    """Losses of arcs, within their sentences, and of labels."""
    scores = network.arc_scores(*network.arc_vectors(words))
    outside = batch.sentence[:, None] != batch.sentence[None, :]
    scores = scores.masked_fill(functional.pad(outside, (1, 0), value=False), -1e4)
    dependents, heads = network.label_vectors(words)
    inner = batch.labels != NO_LABEL
    labels = network.label_scores(dependents[inner], heads[batch.heads[inner] - 1])
    return [functional.cross_entropy(scores, batch.heads), functional.cross_entropy(labels, batch.labels[inner])]


def train(
    network: Network, corpus: Corpus, batcher: Batcher, seed: int, budget: int, output: Path, rate: float
) -> None:
    """Train on `budget` pieces; the rate rises, then falls to nothing. A checkpoint is kept every 100 steps."""
    trained = [weight for weight in network.parameters() if weight.requires_grad]
    decayed = [weight for weight in trained if weight.ndim > 1]
    plain = [weight for weight in trained if weight.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)
    rng = random.Random(seed)
    torch.manual_seed(seed)
    seen = step = epoch = 0
    started, mean = time.monotonic(), 0.0
    network.train()
    while seen < budget:
        for batch in batcher.batches(corpus.epoch(100 * seed + epoch), rng):
            share = seen / budget
            for group in optimizer.param_groups:
                group["lr"] = rate * min(share / WARM_UP, (1 - share) / (1 - WARM_UP)) + 1e-7
            loss = loss_of(network, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            seen += int((~batch.ended).sum())
            step += 1
            mean = loss.item() if step == 1 else 0.98 * mean + 0.02 * loss.item()
            if step % 20 == 0:
                minutes = (time.monotonic() - started) / 60
                print(f"{minutes:6.1f} min {step:5d} steps {seen:8d} pieces  loss {mean:.3f}", flush=True)
            if step % 100 == 0:
                torch.save(network.state_dict(), output)
            if seen >= budget:
                break
        epoch += 1
    torch.save(network.state_dict(), output)


def main() -> None:
    """Train one network and leave its weights in `--output`."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path(os.environ.get("COOPEX_TRAINING_DATA", "data/training")))
    arguments.add_argument("--build", type=Path, default=Path("build"))
    arguments.add_argument("--output", type=Path, default=Path("build/network-1.pt"))
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--pieces", type=int, default=1_600_000)
    arguments.add_argument("--start", type=Path, nargs="*", default=[], help="go on from the mean of these networks")
    arguments.add_argument("--rate", type=float, default=RATE, help="the highest rate of learning")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    base = fetch_base(options.build)
    labels = Labels.of(options.data)
    network = Network(labels.sizes())
    load_base(network, base)
    if options.start:
        network.load_state_dict(mean_of(options.start))
    pieces = WordPieces((base / "vocab.txt").read_text("utf-8").splitlines())
    print(asdict(labels.sizes()), flush=True)
    corpus, batcher = Corpus(options.data), Batcher(pieces, labels)
    train(network, corpus, batcher, options.seed, options.pieces, options.output, options.rate)


if __name__ == "__main__":
    main()
