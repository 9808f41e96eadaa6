"""Whole corpora: worker processes, part files, going on after an accident, several machines.

    run          inputs → batches → a crew of workers → part files → results; read `run.py` first
    pool         worker processes of this machine: time and memory limits, one text's death costs one text
    cluster      the workers of a Dask cluster
    parts        what is finished, on disk with checksums
    folder       lock and state of a run
    status       how far a run is
    merge        the results of a run that was done in parts
"""

from coopex.running.run import Plan, Report, Watcher, run
from coopex.running.settings import Limits, RunSettings, Shard

__all__ = ["Limits", "Plan", "Report", "RunSettings", "Shard", "Watcher", "run"]
