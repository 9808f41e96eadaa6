"""Rule files; see `docs/rules.md` for the generated list."""
