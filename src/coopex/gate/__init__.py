"""The gate: which blocks of a text have to be annotated for its records; `docs/gate.md` tells why none is lost.

plan            text → the blocks that may found a trip or an agreement, or whose terms only annotation can tell
may_tell        those, annotated → whether a match in them may found a record: then the rest is annotated too
quiet_reading   else → the technology areas, which are all the records there are
"""

from coopex.gate.deciding import Plan, may_tell, plan, quiet_reading

__all__ = ["Plan", "may_tell", "plan", "quiet_reading"]
