# Each target does its own set-up; nothing has to be installed by hand but Python 3.10 or newer.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
CYPHER := $(shell find cypher -name '*.cypher' 2>/dev/null)

.PHONY: screenshots demo test check bench bench-growth docs notebooks site server clean format

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[server,notebook,rest,mcp,stores,graphql]" --group dev --group browser --group docs
	touch $@

server: $(READY)
	$(BIN)/graph-ledger server install

demo: server
	$(BIN)/graph-ledger demo

test: server
	$(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: server
	command -v hey >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq --no-install-recommends hey; } || true
	$(BIN)/python -m benchmarks $(ARGS)

bench-growth: server
	$(BIN)/python -m benchmarks --growth $(ARGS)

notebooks: server
	GRAPH_LEDGER_NOTEBOOKS=write $(BIN)/python -m pytest tests/notebooks -q $(ARGS)

docs: server
	$(BIN)/python -m pytest tests/docs -q

site: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

screenshots: server
	GRAPH_LEDGER_SCREENSHOTS=docs/images $(BIN)/python -m pytest tests/surfaces/test_neo4j_browser.py tests/surfaces/rest/test_explorer.py -q

clean:
	rm -rf $(VENV) .peer-venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov dist build site
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
