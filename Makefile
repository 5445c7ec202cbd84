# The commands people use here. Everything runs from a virtual environment in .venv that is made once.
PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
VENV = .venv
PY = $(VENV)/bin/python
PIP = $(PY) -m pip install --quiet --disable-pip-version-check
POSTGRES ?= postgres://postgres@127.0.0.1:5432/zhuzhou
WORKERS ?= auto
# Shuffled and parallel, one file in one process, the long ones first (tests/order.py); without the development packages
# plain pytest does as well.
PYTEST = $(PY) -m pytest -q $(if $(wildcard $(VENV)/dev.stamp),-n $(WORKERS) --dist loadfile --no-loadscope-reorder)
# What a browser shows and LibreOffice makes of a file is the same on both databases; these two journeys are written by
# several windows at once, so they are walked on PostgreSQL too.
BOTH = tests/browser/test_month.py tests/browser/test_loading.py
ONCE = tests/libreoffice $(filter-out $(BOTH),$(wildcard tests/browser/test_*.py))

# Modules and rewritten tests are compiled once, whatever the machine says.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
PEOPLE ?= 100
.PHONY: help run bench dev test quick plain test-postgres lint format migrations-check check clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(PIP) -r requirements-dev.txt
	@touch $@

run: $(VENV)/run.stamp  ## start on http://127.0.0.1:8000/ (PORT=8123 elsewhere; DEMO=0 COUNTY=某县 begins with an empty county)
	@$(PY) manage.py quickstart --port $(PORT) $(if $(filter 0,$(DEMO)),--no-demo)

test: $(VENV)/run.stamp  ## run the test suite on SQLite
	@env -u DATABASE_URL $(PYTEST) $(ARGS)

quick: $(VENV)/run.stamp  ## run the tests that need no browser, no LibreOffice and no server of their own
	@env -u DATABASE_URL $(PYTEST) $(addprefix --ignore=tests/,browser libreoffice server) $(ARGS)

plain: $(VENV)/run.stamp  ## run the tests that ask no database
	@env -u DATABASE_URL $(PYTEST) -m plain $(ARGS)

test-postgres: $(VENV)/run.stamp  ## run the tests a database matters to on PostgreSQL (POSTGRES=postgres://..., ONCE= for all)
	@env DATABASE_URL="$${DATABASE_URL:-$(POSTGRES)}" $(PYTEST) $(if $(ONCE),-m "not plain") $(addprefix --ignore=,$(ONCE)) $(ARGS)

bench: $(VENV)/run.stamp  ## play a month's end on a database of its own and say what it cost (PEOPLE=100, POSTGRES=postgres://...)
	@$(PY) -m bench.month_end --people $(PEOPLE) --database "$(POSTGRES)_bench"

dev: $(VENV)/dev.stamp  ## install what the checks need beyond the application
	@echo "ready"

lint: $(VENV)/dev.stamp  ## look for faults and unformatted files
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

format: $(VENV)/dev.stamp  ## format the code
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

migrations-check: $(VENV)/run.stamp  ## say whether a model changed without its migration
	@DEBUG=1 $(PY) manage.py makemigrations --check --dry-run

check: $(VENV)/run.stamp  ## Django's own checks, in the settings of a real server
	@DEBUG=0 HTTPS=1 DEMO_DATA=0 ZHUZHOU_TODAY= ALLOWED_HOSTS=example.org \
		SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
		$(PY) manage.py check --deploy --fail-level WARNING

clean:  ## remove the virtual environment and collected files; var/ with the data stays
	rm -rf $(VENV) staticfiles .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
