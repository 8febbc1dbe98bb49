# Every command of the project. Each target sets up what it needs by itself.

# a failed download must not hide behind what shows its progress
SHELL := bash
.SHELLFLAGS := -o pipefail -c

VENV := .venv
RUN := $(VENV)/bin/python
NODE_PARTS := $(VENV)/npm
PYTHON_READY := $(VENV)/.python-ready
NODE_READY := $(VENV)/.node-ready
PORT := 8000
# a driver that loses its browser is asked once more, and the report says so; what a page does wrong is not forgiven
LOST_BROWSER := --reruns 1 --only-rerun NeverHappened --only-rerun PageError
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export NO_MKDOCS_2_WARNING := 1
.DEFAULT_GOAL := help
.PHONY: help setup serve site test test-quick check check-content fix-content fix bench mutants new-widget lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: setup  ## show the site on this machine; it follows every change (PORT=8000)
	@$(RUN) -m hooks.serve_site --port $(PORT)

test: setup  ## set up browsers and run the whole suite
	@$(RUN) -m tests.browser.install
	@$(RUN) -m hooks.make_site  # once, so that two workers do not work out all answers at the same time
	@$(RUN) -m pytest -n 2 $(LOST_BROWSER)

test-quick: setup  ## run the tests that need no browser
	@$(RUN) -m pytest -n 2 -m "not browser"

check: setup  ## style, types and arrows, in Python and JavaScript
	ruff check
	ruff format --check
	mypy
	lint-imports --no-cache
	node $(NODE_PARTS)/node_modules/typescript/bin/tsc -p interactive/runtime
	node $(NODE_PARTS)/node_modules/typescript/bin/tsc -p interactive/runtime/tsconfig.service-worker.json

check-content: setup  ## read every lesson and say what to mend, in words
	@$(RUN) -m hooks.check_content

fix-content: setup  ## mend in the lessons what a machine can mend
	@$(RUN) -m hooks.fix_content

fix: setup  ## mend what can be mended by machine
	ruff check --fix
	ruff format

site: setup  ## build the site into site_build/, refusing one with problems
	@$(RUN) -m hooks.make_site

bench: setup  ## measure, and compare with the limits
	@$(RUN) -m tests.bench

mutants: setup  ## break the model line by line and count what the tests notice (20 minutes)
	@HYPOTHESIS_PROFILE=mutants mutmut run --max-children 2 && mutmut results

new-widget: setup  ## write a new widget: make new-widget NAME=hip-test
	@$(RUN) -m hooks.new_widget "$(NAME)"

setup: $(PYTHON_READY) $(NODE_READY)  ## make the environment in .venv/

lock: $(PYTHON_READY)  ## choose the newest allowed versions and write them down with their hashes
	uv pip compile pyproject.toml --group dev --universal --python-version 3.12 \
		--generate-hashes --no-header --upgrade --quiet --output-file requirements.lock
	cd interactive/runtime && npm install --package-lock-only --omit-lockfile-registry-resolved

clean:  ## delete everything that make has made
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis mutants site_build/*

$(PYTHON_READY): requirements.lock .python-version
	@python=$$(.ci/find-python) && echo "Making .venv with $$python" && \
		{ [ -x $(RUN) ] || "$$python" -m venv $(VENV); }
	@echo "Downloading the Python parts named in requirements.lock (about 200 MB, once) ..."
	@$(RUN) -m pip install --disable-pip-version-check --no-deps --require-hashes \
		--requirement requirements.lock | sed -un 's/^Collecting \([^ ]*\).*/  \1/p'
	@touch $@

$(NODE_READY): $(PYTHON_READY) interactive/runtime/package.json interactive/runtime/package-lock.json
	@echo "Downloading Pyodide, the Python for browsers (20 MB, once) ..."
	@mkdir -p $(NODE_PARTS) && cp interactive/runtime/package.json interactive/runtime/package-lock.json $(NODE_PARTS)
	@npm ci --prefix $(NODE_PARTS) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
