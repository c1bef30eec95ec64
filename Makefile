# `make help` lists the commands. Every command sets up what it needs first.

PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help forecast clinic test test-services check fix docs load faults bench calibrate refit lock core dev

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

forecast: core ## set up, then forecast relief for a built-in patient and regimen
	@.venv/bin/respite forecast --regimen "ketamine 0.5 mg/kg iv over 40 min daily x10" --condition crps --age 45 --sex female --weight 70 --baseline-pain 7

clinic: ## set up, then open a clinic of invented patients in a browser, to look around
	@$(PYTHON) tools/set_up.py test
	@$(BIN)/respite clinic demo

# Tests run in as many processes as there are cores: more threads in each would only be in the way.
test test-services check: export OMP_NUM_THREADS = 1

test: ## set up, then run the tests, but the slowest, which `make check` adds
	@$(PYTHON) tools/set_up.py test
	@$(BIN)/python -m pytest -n auto --quiet -m "not thorough"

test-services: ## set up, install what is missing of the system (Debian packages), then test what needs it: PDF, PostgreSQL, a browser
	@$(PYTHON) tools/set_up.py dev
	@$(PYTHON) tools/debian_packages.py
	@$(BIN)/python -m pytest -n auto --quiet tests/services --ignore tests/services/clinic
	@$(BIN)/python tools/with_postgresql.py $(BIN)/python -m pytest -n auto --dist worksteal --quiet tests/clinic
	@$(BIN)/python -m pytest -n 2 --dist loadfile --quiet --force-enable-socket tests/services/clinic

# The slowest tests of the clinic run once: with all the others of it, on PostgreSQL.
check: dev ## everything that continuous integration runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright --project pyproject.toml --level error
	$(BIN)/lint-imports
	$(MAKE) test
	$(BIN)/python -m pytest -n auto --quiet -m thorough --ignore tests/clinic
	$(MAKE) test-services
	$(BIN)/python tools/write_messages.py --check
	$(BIN)/python tools/write_docs.py --check
	$(MAKE) docs

fix: dev ## format, mend what can be mended, write what is generated afresh
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python tools/write_messages.py
	$(BIN)/python tools/write_docs.py

docs: dev ## build the documentation into site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@$(BIN)/python tools/check_site.py

load: dev ## press a large clinic on PostgreSQL, and write the page (an hour and a quarter; first figures after three minutes)
	@$(BIN)/python -m benchmarks.clinic_load --date $$(date +%F)

faults: dev ## kill the processes of a clinic while people write, 20 times on each engine (some minutes)
	@$(BIN)/python -m validation.clinic_faults

bench: dev ## measure speed and accuracy, and write the page (some minutes)
	@$(BIN)/python -m benchmarks --date $$(date +%F)

calibrate: dev ## ask whether intervals mean what they say, and write the page (some hours)
	@$(BIN)/python -m validation.calibration --into docs
	@$(BIN)/python tools/write_docs.py

refit: dev ## fit the pain model to trials, and write what they teach (a quarter of an hour; resumable)
	@$(BIN)/python -m validation.trials
	@$(BIN)/python tools/write_docs.py

lock: ## for developers: pin the requirements afresh
	$(PYTHON) tools/lock.py --upgrade

core dev:
	@$(PYTHON) tools/set_up.py $@
