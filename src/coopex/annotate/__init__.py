"""Texts of one language → spaCy `Doc` with Universal Dependencies, lemmas and names."""
