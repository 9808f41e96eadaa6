# Needs Python 3.11 to 3.13, make and a package index. `make help` lists what can be made.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: fit fuzz references help setup run test scores candidates floors lint types check model-en bench docs parses clean

help:  ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/'

setup: $(STAMP)  ## Create .venv with coopex, its models and the development tools

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "coopex needs Python 3.11 to 3.13; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(STAMP)

run: $(STAMP)  ## Extract the records of data/raw into data/extracted
	$(BIN)/coopex extract data/raw

test: lint types  ## Run ruff, mypy and all tests, the floors of the scores among them
	$(BIN)/pytest

check: test  ## Same as test

lint: $(STAMP)  ## Run ruff
	$(BIN)/ruff check .

types: $(STAMP)  ## Run mypy --strict
	$(BIN)/mypy

scores: $(STAMP)  ## Score the extraction: on the gold that rules are written from, then on fresh texts
	$(BIN)/coopex evaluate tests/gold/dev tests/gold/seeds tests/gold/more --texts data/raw
	$(BIN)/coopex evaluate tests/gold/fresh

floors: $(STAMP)  ## Raise the floors of the scores to what is measured now; none is lowered
	$(BIN)/python tests/floors.py
	COOPEX_RAISE_FLOORS=1 $(BIN)/pytest -q $(addprefix tests/test_,near_misses.py passages.py slots.py trips.py when.py assembly.py)

candidates: $(STAMP)  ## Print which share of the gold's events has a candidate at its cue (COOPEX_GOLD names the gold)
	$(BIN)/python scripts/fit/candidates.py

fit: $(STAMP)  ## Fit the weights of all decisions to gold (COOPEX_GOLD names more gold), print scores out of fold
	$(BIN)/python scripts/fit

docs: $(STAMP)  ## Write docs/rules.md from the rules
	$(BIN)/coopex rules --markdown > docs/rules.md.tmp
	mv docs/rules.md.tmp docs/rules.md

parses: $(STAMP)  ## Parse the rules' examples anew, for the rule tests
	$(BIN)/python scripts/make_parses.py

model-en: $(STAMP)  ## Train the English model (installs torch; see models/README.md)
	$(BIN)/python -m pip install --quiet --editable '.[dev,train]'
	$(BIN)/python models/training/train.py

bench: $(STAMP)  ## Measure time and memory on the texts of data/raw
	$(BIN)/python benchmarks/run.py

FUZZ ?= 10000
fuzz: export PYTHONPATH := tests
fuzz: $(STAMP)  ## Read and extract FUZZ=10000 hostile files, then breed more by coverage (with atheris); half an hour
	$(BIN)/python -m hostile.run $(FUZZ) --keep build/fuzz
	$(BIN)/python -m hostile.guided all $(FUZZ)

references: $(STAMP)  ## Print how many references are followed rightly, by class
	$(BIN)/python benchmarks/follow.py

clean:  ## Remove what tools leave behind, the environment excepted
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
