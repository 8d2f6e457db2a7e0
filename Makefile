# `make demo`, `make test` and `make check` install what they need into .venv.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test check index

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable ".[dev]"
	touch $@

demo: $(VENV)/installed  ## Generate data, train, decode, BLEU: the whole way in a few minutes.
	PATH="$(abspath $(BIN)):$$PATH" examples/demo.sh demo_run

test: $(VENV)/installed
	$(BIN)/python -m pytest --numprocesses=2

check: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

index: $(VENV)/installed  ## Rewrites the list of built-in components.
	$(BIN)/python -m t2t_lite.registry
