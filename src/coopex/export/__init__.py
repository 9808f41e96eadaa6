"""Writing results: JSON lines, one CSV table a kind of record, the errors, and an account of the run.

Every file is written under a temporary name beside its place and moved there when the run is over, so that a
reader never sees half a file and a run that was broken off leaves the earlier results as they were.
"""

from coopex.export.rendering import Rendered, render
from coopex.export.results import FORMATS, Format, Results
from coopex.export.rows import RecordKind, Row, rows_of
from coopex.export.summary import Summary

__all__ = ["FORMATS", "Format", "RecordKind", "Rendered", "Results", "Row", "Summary", "render", "rows_of"]
