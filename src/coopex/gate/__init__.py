"""The gate: which blocks of a text have to be annotated for its records; see `docs/gate.md`.

plan            text → all its blocks where it may tell of an event, else those whose terms only annotation can judge
quiet_reading   a text without events → its technology areas, which are all the records there are
"""

from coopex.gate.deciding import Plan, plan, quiet_reading

__all__ = ["Plan", "plan", "quiet_reading"]
