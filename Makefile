# Everything sets itself up: Python 3.11+ and Node 20+ are all it takes, root is not needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FONTS := saleor_b2b_docs/documents/forms/fonts/.built
BUNDLE := saleor_b2b_docs/frontend/dist/storefront/b2b-docs.js

.PHONY: help setup build demo test test-quick test-live check format bench codegen lock wheel clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready build

$(VENV)/.ready: requirements/dev.lock pyproject.toml
	$(PYTHON) scripts/check_versions.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements/dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check
	touch $@

node_modules/.ready: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

build: $(BUNDLE) $(FONTS)  ## the front end and the fonts, which a wheel carries

$(FONTS): node_modules/.ready scripts/copy_fonts.mjs
	npm run --silent fonts
	touch $@

$(BUNDLE): node_modules/.ready $(shell find storefront/src storefront/vite.config.ts -type f 2>/dev/null)
	npm run --silent build
	touch $@

demo: setup  ## a sandbox Saleor, its shop and the app, ready to be clicked through
	$(BIN)/b2b-docs demo

test: setup  ## all tests, on every database and service that this machine has
	CI=$(CI) $(BIN)/python scripts/run_tests.py

test-quick: setup  ## the tests that take seconds, on SQLite
	$(BIN)/python scripts/run_tests.py --quick

test-live: setup  ## the main job against a real Saleor: SALEOR_API_URL, SALEOR_EMAIL, SALEOR_PASSWORD
	$(BIN)/pytest tests/live -m live -v -s --no-header

check: setup  ## style, types, layers, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy saleor_b2b_docs tests benchmarks scripts
	$(BIN)/mypy --config-file sandbox/mypy.ini sandbox/saleor_sandbox
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry .
	npm run --silent lint
	npm run --silent typecheck

format: setup  ## put the style right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	npm run --silent format

bench: setup  ## measure, and print the tables of docs/performance.md
	$(BIN)/python -m benchmarks

codegen: setup  ## the typed Saleor client, from SCHEMA=path/to/schema.graphql
	mkdir -p build && cp "$(SCHEMA)" build/schema.graphql
	PYTHONWARNINGS=ignore $(BIN)/ariadne-codegen

lock:  ## write the Python lock anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --group dev --all-extras pyproject.toml --output-file requirements/dev.lock

wheel: setup  ## build/saleor_b2b_docs-….whl, with the front end and the fonts inside
	$(BIN)/python -m hatchling build -t wheel -d build

clean:
	rm -rf $(VENV) node_modules storefront/node_modules build $(FONTS) saleor_b2b_docs/frontend/dist
