"""Matrix products of the English networks: by numpy, one text at a time.

thinc multiplies with BLIS, which takes three times as long as the OpenBLAS of numpy's wheels: for 20 texts of
`data/raw` .88 s and .30 s of `nlp.pipe`. OpenBLAS, however, sums a row in another order depending on where in the
matrix it stands, so that a text would be read by the company it keeps in a batch. Every text is therefore multiplied
by itself, which costs a fifth of what numpy wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from threading import local
from typing import TYPE_CHECKING, Any

from thinc.api import Model, NumpyOps

if TYPE_CHECKING:
    from spacy.language import Language


class SeparateProducts(NumpyOps):  # type: ignore[misc]  # thinc gives no types for it
    """thinc's operations with numpy's product: the rows of each text that was joined by `flatten` by themselves."""

    def __init__(self) -> None:
        super().__init__(use_blis=False)
        self._joined = local()

    def flatten(  # X is thinc's name
        self, X: Sequence[Any], dtype: Any = None, pad: int = 0, ndim_if_empty: int = 2  # noqa: N803
    ) -> Any:
        """Join the arrays of several texts, each between `pad` rows of zeros of its own; remember where each begins."""
        texts = [rows for rows in X if len(rows)]
        self._joined.seams = [0, *accumulate(len(rows) + 2 * pad for rows in texts)]
        if pad:
            zeros = self.xp.zeros((pad, *X[0].shape[1:]), dtype=X[0].dtype)
            texts = [part for rows in texts for part in (zeros, rows, zeros)]
        return super().flatten(texts or X, dtype=dtype, ndim_if_empty=ndim_if_empty)

    def unflatten(self, X: Any, lengths: Any, pad: int = 0) -> list[Any]:  # noqa: N803
        """Part again what `flatten` joined, without the zeros."""
        sizes = [int(length) + (2 * pad if length else 0) for length in lengths]
        parts = super().unflatten(X, self.asarray1i(sizes))
        return [part[pad : len(part) - pad] for part in parts]

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Multiply, text by text where `x` is what was joined last."""
        seams = getattr(self._joined, "seams", [0])
        if trans1 or len(x) != seams[-1]:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        right = y.T if trans2 else y
        if out is None:
            out = self.xp.empty((len(x), right.shape[1]), dtype=x.dtype)
        for start, end in pairwise(seams):
            self.xp.dot(x[start:end], right, out=out[start:end])
        return out


def multiply_with_numpy(nlp: Language) -> None:
    """Let the networks of one pipeline multiply with numpy; other pipelines of the process stay as they are.

    Where thinc has operations of its own for the machine, such as Apple's, they stay.
    """
    ops = SeparateProducts()
    for layer in layers(nlp):
        if type(layer.ops) is NumpyOps:
            layer.ops = ops


def layers(nlp: Language) -> Iterator[Model[Any, Any]]:
    """Give all layers of the networks of a pipeline."""
    models = (getattr(component, "model", None) for _, component in nlp.pipeline)
    return (layer for model in models if isinstance(model, Model) for layer in model.walk())
