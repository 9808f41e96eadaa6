"""Fit the weights of all decisions: `make fit`, or `python scripts/fit [MODEL …] [--check]`.

Without a MODEL every stage is fitted anew, in order; with some, only these, and those before them keep the weights of
the last run (`build/fit/folds.json`). Prints figures out of fold: each text is read by models fitted without it.
`--check` scores the check sets as well, by the models fitted on all open texts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from corpus import CHECK_SETS, OPEN_SETS, ROOT, GoldText, load, passages
from logistic import FOLDS, Example, calibrate, calibration, fit_folds, fold_of, linear, out_of_fold, quality
from scoring import table
from stages import Stage

from coopex.weights import LinearModel, use_models

WEIGHTS = ROOT / "src" / "coopex" / "weights.json"
FOLDERS = ROOT / "build" / "fit"
ACCEPT_ALL = LinearModel(0.0, {}, 0.0)


def stages() -> list[Stage]:
    """All decisions in the order in which they are made."""
    found: list[Stage] = []
    for name in ("visits", "agreements", "areas"):
        if (Path(__file__).parent / f"{name}.py").exists():
            found.extend(__import__(name).STAGES)
    return found


Folds = dict[str, list[dict[str, Any]]]


def models_of(folds: Folds, fold: int, names: Sequence[str]) -> dict[str, LinearModel]:
    """Models to read a text of a fold with; a decision not fitted yet accepts everything."""
    return {name: linear(folds[name][fold]) if name in folds else ACCEPT_ALL for name in names}


def run(stage: Stage, folds: Folds, names: Sequence[str], texts: Sequence[GoldText]) -> None:
    """Fit one stage and print how it does out of fold."""
    earlier = {name: folds[name] for name in names[: names.index(stage.model)] if name in folds}
    examples: list[Example] = []
    further = [*(passages() if stage.passages else []), *stage.further_texts()]
    for text in [*texts, *further]:
        use_models(models_of(earlier, fold_of(text), names))
        examples.extend(stage.collect(text, text.read()))
    use_models(None)
    fitted = fit_folds(examples, **stage.options)
    calibrate(fitted, examples)
    rated = out_of_fold(examples, fitted)
    threshold = stage.threshold(examples, rated) if stage.threshold else 0.5
    for entry in fitted:
        entry["threshold"] = round(threshold, 2)
    folds[stage.model] = fitted
    print(f"\n{stage.model}: {len(examples)} examples, {sum(e.label for e in examples)} yes, threshold {threshold:.2f}")
    for name, (p, r, f, n) in quality(examples, rated, threshold).items():
        print(f"  {name:16} P {p:.2f} R {r:.2f} F {f:.3f} of {n}")
    bins = calibration(zip(rated, (e.label for e in examples), strict=True))
    fitted[-1]["calibration"] = [[round(mean, 3), round(right, 3), n] for _, mean, right, n in bins]
    print("  calibration " + " ".join(f"{mean:.2f}:{right:.2f}({n})" for _, mean, right, n in bins), flush=True)


def write_weights(folds: Folds, names: Sequence[str], scores: Mapping[str, Mapping[str, float]]) -> None:
    """Write the models fitted on all texts, one feature a line, and the scores out of fold."""
    models = {name: folds[name][-1] for name in names if name in folds}
    payload = {
        "method": "L2-regularised logistic regression; of each feature: weight, seen, right",
        "folds": FOLDS,
        "out_of_fold": scores,
        "models": models,
    }
    lines = json.dumps(payload, ensure_ascii=False, indent=1)
    import re

    lines = re.sub(r"\[\s+(-?[\d.]+),\s+([\d.]+),\s+(\d+)\s+\]", r"[\1, \2, \3]", lines)
    WEIGHTS.write_text(lines + "\n", "utf-8")
    _keep(folds)


def _keep(folds: Folds) -> None:
    """Keep the models of every fold, so that a run that is broken off can go on."""
    FOLDERS.mkdir(parents=True, exist_ok=True)
    (FOLDERS / "folds.json").write_text(json.dumps(folds), "utf-8")


def read_out_of_fold(folds: Folds, names: Sequence[str], texts: Sequence[GoldText]) -> dict[tuple[str, str], Any]:
    """Read every text by models that were fitted without it; texts of check sets by those fitted on all."""
    found = {}
    for text in texts:
        fold = FOLDS if text.set in CHECK_SETS else fold_of(text)
        use_models(models_of(folds, fold, names))
        found[text.set, text.doc_id] = text.found()
    use_models(None)
    return found


def main() -> None:
    """Fit, write, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", metavar="MODEL")
    parser.add_argument("--check", action="store_true", help="score the check sets too")
    parser.add_argument("--slots", action="store_true", help="print open sets by slot")
    parser.add_argument("--score", action="store_true", help="fit nothing, only score")
    options = parser.parse_args()
    every = stages()
    names = [stage.model for stage in every]
    path = FOLDERS / "folds.json"
    folds: Folds = json.loads(path.read_text("utf-8")) if path.exists() else {}
    chosen = (
        []
        if options.score
        else [s for s in every if not options.models or any(s.model.startswith(m) for m in options.models)]
    )
    texts = load(*OPEN_SETS)
    if not options.models and not options.score:
        folds = {}
    for stage in chosen:
        run(stage, folds, names, texts)
        _keep(folds)
    sets = [*OPEN_SETS, *(CHECK_SETS if options.check else ())]
    everything = load(*sets)
    print()
    figures = table(read_out_of_fold(folds, names, everything), everything, slots=options.slots)
    write_weights(folds, names, {name: found for name, found in figures.items() if not name.startswith("check/")})


if __name__ == "__main__":
    main()
