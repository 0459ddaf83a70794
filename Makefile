# One command for everything: `make` checks and tests. Each target does its own set-up in .venv, from Python 3.11 alone.

ifndef PYTHON
PYTHON := $(shell for each in python3 python3.11 python3.12 python3.13 python3.14; do \
  $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
endif
VENV := .venv
BIN := $(VENV)/bin

.PHONY: all demo assess test lint types format golden clean
.DEFAULT_GOAL := all

all: lint types test

# An old pip makes a start script that takes half as long again to start, so pip comes first.
$(VENV)/pip.done:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. Name it like this: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python can't make virtual environments. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@touch $@

$(VENV)/run.done: $(VENV)/pip.done pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev.done: $(VENV)/run.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

demo: $(VENV)/run.done
	@$(BIN)/python examples/demo.py

assess: $(VENV)/run.done
	@$(BIN)/iop-fit assess; status=$$?; [ $$status -eq 130 ] || [ $$status -eq 3 ] || exit $$status

test: $(VENV)/dev.done
	$(BIN)/python -m pytest

lint: $(VENV)/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.done
	$(BIN)/mypy

format: $(VENV)/dev.done
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Writes the golden files anew and removes those that belong to no example; look at the difference before committing it.
golden: $(VENV)/dev.done
	$(BIN)/python -m pytest --update-golden \
	  $(addprefix tests/test_,bad_questionnaires.py difference.py docs.py examples.py fhir.py graph.py result_schema.py sabotage.py schema.py)

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
