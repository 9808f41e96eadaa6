"""Write a trained network as an int8 ONNX graph, with its vocabulary and answers beside it."""

from __future__ import annotations

import argparse
import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path

import torch
from base_model import fetch_base
from network import Network, mean_of
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from train_network import Labels

OUTPUTS = (
    "tags", "morphs", "starts", "names", "arc_dependents", "arc_heads", "arc_biases",
    "label_products", "label_heads", "label_dependent_sums", "label_head_sums",
)  # fmt: skip


class Graph(nn.Module):
    """What the product runs: one text's pieces → what each head makes of each word."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        """Return the tensors named in `OUTPUTS`; the root of the tree is the last row of the arc heads."""
        network = self.network
        words = network.encode(pieces, shapes)[0][firsts]
        dependents, heads = network.arc_vectors(words)
        heads = torch.cat([heads, network.root])
        label_dependents, label_heads = network.label_vectors(words)
        half = label_heads.shape[1]
        return (
            network.tag(words),
            network.morph(words),
            network.start(words)[:, 0],
            network.name(words),
            dependents,
            heads,
            network.arc_bias(heads)[:, 0],
            label_dependents @ network.label_product.flatten(1),
            label_heads,
            label_dependents @ network.label_sum.weight[:, :half].T + network.label_sum.bias,
            label_heads @ network.label_sum.weight[:, half:].T,
        )


def write_graph(network: Network, path: Path) -> None:
    """Write the network as a graph in single precision."""
    example = (torch.ones(1, 9, dtype=torch.long), torch.ones(1, 9, dtype=torch.long), torch.tensor([1, 3, 4, 7]))
    torch.onnx.export(
        Graph(network.eval()),
        example,
        str(path),
        input_names=["pieces", "shapes", "firsts"],
        output_names=list(OUTPUTS),
        dynamic_axes={"pieces": {1: "pieces"}, "shapes": {1: "pieces"}, "firsts": {0: "words"}},
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    """Average the networks, write them into `--output`."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("networks", type=Path, nargs="+")
    arguments.add_argument("--data", type=Path, default=Path(os.environ.get("COOPEX_TRAINING_DATA", "data/training")))
    arguments.add_argument("--build", type=Path, default=Path("build"))
    arguments.add_argument("--output", type=Path, default=Path("build/network"))
    options = arguments.parse_args()
    labels = Labels.of(options.data)
    network = Network(labels.sizes())
    network.load_state_dict(mean_of(options.networks))
    options.output.mkdir(parents=True, exist_ok=True)
    single = options.build / "network.fp32.onnx"
    write_graph(network, single)
    quantize_dynamic(
        single,
        options.output / "network.onnx",
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    shutil.copy(fetch_base(options.build) / "vocab.txt", options.output / "vocab.txt")
    (options.output / "answers.json").write_text(json.dumps(asdict(labels), indent=0), "utf-8")


if __name__ == "__main__":
    main()
