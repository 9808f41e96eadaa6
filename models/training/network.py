"""The English network in torch: MiniLM-L6 with a vector of each word's shape, and a head for every question.

Heads read the vector of a word's first piece: Penn tag, part of speech with features, sentence start, name tag, and
arcs and labels by biaffine products (Dozat and Manning 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from coopex.annotate.en.wordpiece import SHAPES

WIDTH, LAYERS, ATTENTION_HEADS, INNER, PIECES, POSITIONS = 384, 6, 12, 1536, 30522, 512
ARC_WIDTH, LABEL_WIDTH = 192, 96


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many answers the heads choose from."""

    tags: int
    morphs: int
    labels: int
    names: int


class Layer(nn.Module):
    """One transformer layer of BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attention_norm, self.norm = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """Vectors of pieces → their vectors in context."""
        query, key, value = (self._split(layer(states)) for layer in (self.query, self.key, self.value))
        scores = query @ key.transpose(-1, -2) * (WIDTH // ATTENTION_HEADS) ** -0.5
        if mask is not None:
            scores = scores.masked_fill(mask[:, None, None, :], -1e4)
        mixed = self.dropout(scores.softmax(-1)) @ value
        mixed = mixed.transpose(1, 2).flatten(2)
        states = self.attention_norm(states + self.dropout(self.output(mixed)))
        return self.norm(states + self.dropout(self.outer(functional.gelu(self.inner(states)))))

    def _split(self, states: Tensor) -> Tensor:
        return states.unflatten(-1, (ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)).transpose(1, 2)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(PIECES, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.shape = nn.Embedding(len(SHAPES), WIDTH)
        self.word.weight.requires_grad_(False)  # rare names keep their pretrained vectors; a fifth less time
        nn.init.normal_(self.shape.weight, std=0.02)
        self.norm, self.dropout = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.tag, self.morph = nn.Linear(WIDTH, sizes.tags), nn.Linear(WIDTH, sizes.morphs)
        self.start, self.name = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, sizes.names)
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, ARC_WIDTH), nn.Linear(WIDTH, ARC_WIDTH)
        self.arc_product, self.arc_bias = nn.Linear(ARC_WIDTH, ARC_WIDTH), nn.Linear(ARC_WIDTH, 1)
        self.root = nn.Parameter(torch.zeros(1, ARC_WIDTH))
        self.label_dependent, self.label_head = nn.Linear(WIDTH, LABEL_WIDTH), nn.Linear(WIDTH, LABEL_WIDTH)
        self.label_product = nn.Parameter(torch.randn(LABEL_WIDTH, sizes.labels, LABEL_WIDTH) * 0.02)
        self.label_sum = nn.Linear(2 * LABEL_WIDTH, sizes.labels)

    def encode(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Pieces and shapes, text by text → vectors in context; `mask` is true where a text has ended."""
        positions = self.position.weight[: pieces.shape[1]]
        states = self.dropout(self.norm(self.word(pieces) + positions + self.shape(shapes)))
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def arc_vectors(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of words → theirs as dependents (already multiplied) and as heads."""
        dependents = self.arc_product(self.dropout(functional.gelu(self.arc_dependent(words))))
        return dependents, self.dropout(functional.gelu(self.arc_head(words)))

    def arc_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores of every head for every word, one column for the root and one per word."""
        heads = torch.cat([self.root, heads])
        return dependents @ heads.T + self.arc_bias(heads).T

    def label_vectors(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of words → theirs as dependents and as heads, for the labels."""
        dependents = self.dropout(functional.gelu(self.label_dependent(words)))
        return dependents, self.dropout(functional.gelu(self.label_head(words)))

    def label_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores of the labels between words and their heads, row by row."""
        products = (dependents @ self.label_product.flatten(1)).unflatten(-1, self.label_product.shape[1:])
        return (products * heads[:, None, :]).sum(-1) + self.label_sum(torch.cat([dependents, heads], -1))


def load_base(network: Network, folder: Path) -> None:
    """Write the weights of the pretrained encoder into a network."""
    base = load_file(folder / "model.safetensors")
    names = {
        "word.weight": "embeddings.word_embeddings.weight",
        "position.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "output": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense", "outer": "output.dense", "norm": "output.LayerNorm",
    }  # fmt: skip
    for layer in range(LAYERS):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                names[f"layers.{layer}.{ours}.{kind}"] = f"encoder.layer.{layer}.{theirs}.{kind}"
    weights = {ours: base[theirs].float() for ours, theirs in names.items()}
    weights["position.weight"] = weights["position.weight"] + base["embeddings.token_type_embeddings.weight"][0].float()
    network.load_state_dict(weights, strict=False)


def mean_of(networks: Sequence[Path]) -> dict[str, Tensor]:
    """Return the mean of the weights of several runs (Wortsman et al. 2022, "Model soups")."""
    states = [torch.load(path, weights_only=True) for path in networks]
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
