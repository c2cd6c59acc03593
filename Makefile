# The two commands of the README are `make run` and `make test`; `make help` lists the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE_DB ?= sqlite:///sample.db
PORT ?= 8000

.PHONY: help run test test-postgresql lint system bench pictures lock audit bundle clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 17

$(VENV)/run.stamp: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 以上：请用 make PYTHON=/路径/python3.11 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	$(BIN)/python -m compileall -q attrtrack api
	@touch $@

$(VENV)/test.stamp: pyproject.toml $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

run: $(VENV)/run.stamp  ## install, load the sample office-year, do the whole job, print the figures, serve the page
	$(BIN)/attrtrack demo --db $(SAMPLE_DB)
	$(BIN)/attrtrack serve --db $(SAMPLE_DB) --port $(PORT)

system:  ## as root on Debian: install Chromium, PostgreSQL, LibreOffice for the tests that need them
	@.ci/system

lint: $(VENV)/test.stamp  ## ruff, mypy --strict, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: system $(VENV)/test.stamp lint  ## everything, from nothing
	$(BIN)/pytest --ignore tests/contract -m 'not alone' --numprocesses 3 --dist loadscope --durations 25
	$(BIN)/pytest tests/api/test_web_rights.py --database postgresql --one-in 4 --numprocesses 2 --dist loadscope
	$(BIN)/pytest tests/api tests/unit/workflow --ignore tests/api/test_web_rights.py --database postgresql --one-in 12 -m 'not alone and not postgresql and not sqlite' --numprocesses 2 --dist loadscope
	$(BIN)/pytest -m alone --durations 25

test-postgresql: $(VENV)/test.stamp  ## every test that has a register, with the registers on PostgreSQL; says what is of SQLite alone
	$(BIN)/pytest --database postgresql --ignore tests/benchmarks --ignore tests/wheel --ignore tests/laws -m 'not alone' --numprocesses 2 --dist loadscope

bench: $(VENV)/test.stamp  ## the measurements, with their printed figures
	$(BIN)/pytest tests/benchmarks -s

pictures: $(VENV)/test.stamp  ## make the README's pictures of the pages anew (needs Chromium)
	$(BIN)/python tests/browser/pictures.py

lock: $(VENV)/test.stamp  ## lock the run-time dependencies with hashes, list their licences
	$(BIN)/python .ci/lock.py

audit: $(VENV)/test.stamp  ## ask the advisory service about the locked dependencies; says when it could not be asked
	$(BIN)/python .ci/audit.py

bundle: $(VENV)/test.stamp  ## one archive in dist/ that installs without network (PYTHONS="3.11 3.12" for more than this Python)
	$(BIN)/python .ci/bundle.py $(if $(PYTHONS),--pythons $(PYTHONS))

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache sample.db*
