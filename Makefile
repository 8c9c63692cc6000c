# Every target sets itself up: a bare machine needs make, Python 3.11 or newer with its venv module, and a network once.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= $(or $(VERBALE_SHARED),../shared)
export OMP_NUM_THREADS ?= 1

.PHONY: help setup demo test browser check bench soak serve docs wheel clean

help:  ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 10

$(VENV)/ready: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or newer with venv found; install python3 and python3-venv, or say PYTHON=/path/to/python3"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c requirements.lock -e '.[dev]'
	@touch $@

setup: $(VENV)/ready  ## a virtual environment in .venv with all that the other targets need

demo: setup  ## reads the examples into a fresh record, shows what it holds, verifies it
	@rm -f build/demo.db build/demo.db-wal build/demo.db-shm; mkdir -p build
	@$(BIN)/verbale read examples/*.txt --record build/demo.db --brief
	@$(BIN)/verbale find contacts --record build/demo.db
	@$(BIN)/verbale verify --record build/demo.db

test: setup  ## all tests
	@$(BIN)/python -m pytest

browser: setup  ## what the tests of the pages in a real browser need beside a Chromium
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c requirements.lock -e '.[dev,browser]'

check: setup  ## all that must hold besides the tests: lint, types, data tables, printed pages
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/verbale tables check
	@$(BIN)/python docs/print_reference.py --check

bench: setup  ## quality on the gold there is (SHARED=folder), against bench/floors.json
	@$(BIN)/python -m bench.floors --shared $(SHARED)

soak: setup  ## long runs: a hundred kills, ten thousand searches, a million events
	@$(BIN)/python -m bench.soak

serve: setup  ## the web pages of ./verbale.db on this machine alone
	@$(BIN)/verbale serve

docs: setup  ## prints the reference pages anew from commands and tables
	@$(BIN)/python docs/print_reference.py

wheel: setup  ## builds the wheel and the source archive into dist/
	@$(BIN)/python -m build

clean:  ## removes what was made, but for the virtual environment
	rm -rf dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
