# Everything that is done with this project. `make` alone lists it.
# Needs: Python 3.11 or later with venv, and make. Nothing else has to be installed or running.

VENV     ?= .venv
PYTHON   ?=
WORKERS  ?= 2
ARGS     ?=

PY       := $(VENV)/bin/python
# Tried in this order; the first that runs, is recent enough and can make an environment is taken.
PYTHONS  := python3.13 python3.12 python3.11 python3.14 python3 python
# --user in somebody's pip configuration would break every installation in an environment.
PIP      := PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore $(PY) -m pip

.DEFAULT_GOAL := help
.PHONY: help serve test check bench format migrate load install install-dev venv lock \
        image-build image-start image-health clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: install ## Set up what is missing and serve on 127.0.0.1:8000 (PORT=9000 HOST=0.0.0.0 change it)
	@exec $(PY) -m app.cli serve

# The warning: PostgreSQL's wheel gives it to whoever is not root and has no login session (in CI).
test: install-dev ## Set up what is missing and run every test (ARGS="tests/chem -k cas" runs some)
	@exec $(PY) -m pytest -n $(WORKERS) -W "ignore:XDG_RUNTIME_DIR is not set" $(ARGS)

check: install-dev ## Format, lint, types, layers, and the seed data
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo
	$(PY) -m app.cli check seed_data

bench: install-dev ## Measure what docs/performance.md quotes (needs wrk)
	@exec $(PY) -m benchmarks

format: install-dev ## Bring the code into the one format
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

migrate: install ## Bring the database to the newest schema
	@exec $(PY) -m app.cli migrate

load: install ## Load seed data, or FOLDER=..., into the database
	@exec $(PY) -m app.cli load $(FOLDER)

# What is installed is remembered as a copy of its lock: nothing is done while the two are the same.
# The development lock holds every line of the other (a test says so), so it stands for both.
install: venv
	@cmp -s requirements.lock $(VENV)/requirements.lock || { \
	  echo "Installing the locked dependencies (requirements.lock) ..." && \
	  $(PIP) install --quiet --require-hashes -r requirements.lock && \
	  cp requirements.lock $(VENV)/requirements.lock; }

install-dev: venv
	@cmp -s requirements-dev.lock $(VENV)/requirements-dev.lock || { \
	  echo "Installing the locked development dependencies (requirements-dev.lock) ..." && \
	  $(PIP) install --quiet --require-hashes -r requirements-dev.lock && \
	  cp requirements-dev.lock requirements.lock $(VENV)/; }

# An environment that no longer runs, or is of another Python than PYTHON=, is made anew.
venv:
	@who='import sys; print(sys.base_prefix, sys.version)'; \
	have=$$($(PY) -c "$$who" 2>/dev/null) || have=; \
	if [ -n "$$have" ]; then \
	  if [ -z "$(PYTHON)" ] || [ "$$have" = "$$($(PYTHON) -c "$$who" 2>/dev/null)" ]; then exit 0; fi; \
	fi; \
	bare=; \
	for python in $(or $(PYTHON),$(PYTHONS)); do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then bare=$$python; continue; fi; \
	  echo "Making $(VENV) with $$($$python --version) ($$python) ..."; \
	  $$python -m venv --clear $(VENV) && exit 0; \
	  bare=$$python; \
	done; \
	if [ -n "$$bare" ]; then \
	  echo "$$bare cannot make a virtual environment: it lacks venv or ensurepip." >&2; \
	  echo "Please install python3-venv (Debian, Ubuntu: apt-get install python3-venv), then try again." >&2; \
	else \
	  echo "No Python 3.11 or later was found (tried: $(or $(PYTHON),$(PYTHONS)))." >&2; \
	  echo "Please install one, or name it: make PYTHON=/path/to/python3.13 ..." >&2; \
	fi; \
	exit 1

lock: ## Compile both locks anew from pyproject.toml (needs uv); versions stay unless UPGRADE=--upgrade
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url $(UPGRADE) --output-file requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url $(UPGRADE) --output-file requirements-dev.lock

# What the Dockerfile runs, word for word (a test compares them), so that it is tried without Docker.
PREFIX       ?= build/image
IMAGE_PYTHON ?= python

image-build: ## The image's environment into PREFIX: only what serving needs, without pip
	$(IMAGE_PYTHON) -m venv --without-pip $(PREFIX)
	$(IMAGE_PYTHON) -m pip --python $(PREFIX)/bin/python install --require-hashes --no-deps -r requirements.lock

image-start: ## The image's start command, from PREFIX
	@exec $(PREFIX)/bin/python -m app.cli serve

image-health: ## The image's health command, from PREFIX: fails unless PORT answers as ready
	@$(PREFIX)/bin/python -c 'import http.client, os, sys; c = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=3); c.request("GET", "/readyz"); sys.exit(c.getresponse().status != 200)'

clean: ## Remove what set-up, tests and builds made. Not data/: that is your database
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find app migrations tests -name __pycache__ -type d -prune -exec rm -rf {} +
