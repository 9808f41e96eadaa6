"""Scores records against gold files: how many slots were filled rightly, wrongly, and not at all.

`gold` reads gold files and documents, `comparing` pairs their records and judges every value, `scores` counts,
`calibration` holds confidences against what is right, `fitting` fits them, `run` has all figures of one evaluation,
and `page` makes an HTML page of them.
"""

from coopex.evaluation.comparing import compare_date, compare_record, compare_text, pair
from coopex.evaluation.counts import Counts
from coopex.evaluation.gold import (
    Filler,
    Found,
    Gold,
    GoldDate,
    found_of,
    gold_files,
    gold_of,
    load_documents,
    load_gold,
)
from coopex.evaluation.names import name_words, same_interval, same_name, same_word
from coopex.evaluation.run import Evaluation, evaluate
from coopex.evaluation.scores import Scores, score, score_by_language

__all__ = [
    "Counts",
    "Evaluation",
    "Filler",
    "Found",
    "Gold",
    "GoldDate",
    "Scores",
    "compare_date",
    "compare_record",
    "compare_text",
    "evaluate",
    "found_of",
    "gold_files",
    "gold_of",
    "load_documents",
    "load_gold",
    "name_words",
    "pair",
    "same_interval",
    "same_name",
    "same_word",
    "score",
    "score_by_language",
]
