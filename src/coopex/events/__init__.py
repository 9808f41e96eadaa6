"""From matches to events: candidates, identity, arguments, decisions; see docs/architecture.md."""
