# Every command installs what it needs into .venv first.
PYTHON ?= python3
BIN := .venv/bin
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help run test bench check lint types layers format lock schema clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(BIN)/tracker: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tracker needs Python 3.11 or newer; run: make PYTHON=python3.12 ..." >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements-dev.lock $(BIN)/tracker
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: $(BIN)/tracker ## the main job over the default configuration: read, record, assess, alert, report
	@$(BIN)/tracker run

test: .venv/dev ## all tests
	@$(BIN)/python -m pytest -n $(JOBS)

check: export READING_SCORED_ONLY = 1
check: .venv/dev lint types layers test ## format, lint, types, layers, tests

bench: $(BIN)/tracker ## how long a status and a new figure take beside a long history
	@$(BIN)/python benchmarks/status.py

lint: .venv/dev
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: .venv/dev
	@$(BIN)/mypy

layers: .venv/dev
	@$(BIN)/lint-imports

format: .venv/dev ## put the code into its form
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: ## pin every dependency anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements.lock --group pyproject.toml:build
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements-dev.lock --group pyproject.toml:build --group pyproject.toml:dev

clean: ## remove the environment and the run-time state
	rm -rf .venv state/*.db* state/report state/backups
