# Two commands matter: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
FITTING := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c '$(FITTING)' 2>/dev/null; then echo $$p; break; fi; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check
SYSTEM := make git python3-venv chromium postgresql g++

.PHONY: help run demo install test check format bench system bluesky lock clean

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

run: install ## collect, tag, detect on a schedule and show it; prints the address
	@$(BIN)/hhhilft run

demo: install ## the same on invented sample data, without network and login
	@$(BIN)/hhhilft demo

install: $(VENV)/.installed ## make .venv with everything that runs

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 found. On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv. On Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.installed: $(BIN)/python requirements.lock setup.cfg pyproject.toml
	@echo "Installing what runs, as requirements.lock says ..."
	@$(PIP) install -q --require-hashes -r requirements.lock
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed requirements-test.lock
	@echo "Installing what testing needs, as requirements-test.lock says ..."
	@$(PIP) install -q --require-hashes -r requirements-test.lock
	@touch $@

test: check ## format, lint, types, architecture, then the whole suite
	@$(BIN)/hhhilft doctor --testing || true
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/.tested ## format, lint, types, architecture
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.tested ## write the files as ruff likes them
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.tested ## measure; prints the tables of BENCHMARKS.md
	@$(BIN)/python -m bench

system: ## install the system packages that testing needs (Debian, as root)
	apt-get update
	apt-get install -y --no-install-recommends $(SYSTEM)

bluesky: $(VENV)/.tested ## install Bluesky's own servers (from npm, 700 MB) for the tests against them
	@echo "Installing Bluesky's servers, unless they are there. Compiling takes minutes ..."
	@$(BIN)/python -m tests.monitor.bluesky_network.install

lock: ## resolve the dependencies anew (needs uv)
	echo 'setuptools>=80' | uv pip compile setup.cfg - --universal --python-version 3.11 --generate-hashes \
		--extra postgres --extra encoder --no-header -q -o requirements.lock
	echo 'setuptools>=80' | uv pip compile setup.cfg - --universal --python-version 3.11 --generate-hashes \
		--extra postgres --extra encoder --extra test -c requirements.lock --no-header -q -o requirements-test.lock

clean: ## remove the environment; the store in var/ stays
	rm -rf $(VENV) *.egg-info
