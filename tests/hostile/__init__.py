"""Inputs made to harm: texts and files of every shape, and what must hold for each of them."""
