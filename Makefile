# What the project can do; what CI runs too. PYTHON=… chooses the interpreter on the first run.
.DEFAULT_GOAL := help
.PHONY: run test test-browser test-clients test-schema soak bench check eval eval-update openapi openapi-accept lock clean help bench-size
BIN := .venv/bin
# Byte code is kept, whatever the surroundings say: the command starts in half the time, and the tests start it often.
export PYTHONDONTWRITEBYTECODE :=
SETUP := @sh tools/setup.sh
EVAL =
SIZE = 1000000
SIZE_FOLDER = /tmp/dragoman-size
GOLD = data/samples/gold $(wildcard ../shared/gold/seeds ../shared/gold/dev)
LOCK := $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --group build pyproject.toml

run: ## set up, load the samples, serve on 127.0.0.1:8000
	$(SETUP) run && $(BIN)/dragoman run

test: ## all tests, a process a core
	$(SETUP) && $(BIN)/pytest -n logical --dist loadfile --no-loadscope-reorder

test-browser: ## the page in a real browser: Chromium, which is installed where there is none
	$(SETUP) && CHROMIUM=$$(sh tools/browser.sh) $(BIN)/pytest tests/browser

test-clients: ## generated clients against a server; needs node and npm
	$(SETUP) && $(BIN)/pytest tests/clients

test-schema: ## 500 made-up requests to each operation, with all checks, and a line on each; OPERATIONS="list_events … --seed 1" for some
	$(SETUP) && $(BIN)/python tools/schema.py $(OPERATIONS)

soak: ## hostile texts of a million characters; 500 requests to each operation; 500 combinations of filters; 100,000 articles, killed five times; what is killed: 200 loads, 100 corrections and readings on SQLite, 50 and 25 on PostgreSQL
	$(SETUP) && DRAGOMAN_SOAK=1000000 DRAGOMAN_SOAK_ARTICLES=100000 $(BIN)/pytest tests/extract/test_hostile.py tests/loading/test_run.py
	DRAGOMAN_KILLS=200 $(BIN)/pytest tests/store/test_killed.py -k sqlite
	DRAGOMAN_KILLS=50 $(BIN)/pytest tests/store/test_killed.py -k postgresql
	$(BIN)/python tools/schema.py
	DRAGOMAN_PAGING=500 $(BIN)/pytest tests/api/test_paging.py

bench: ## articles a second, start-up, memory; loading and queries of a store of 10,000 events; ratios measured in one run
	$(SETUP) && $(BIN)/python bench/extract.py && $(BIN)/python bench/store.py && $(BIN)/python bench/ingest.py

bench-size: ## 10,000, 100,000 and a million events: the database, the whole stack beside Datasette, PostgreSQL; needs wrk, 12 GB in SIZE_FOLDER and 20 minutes
	$(SETUP) && $(BIN)/python -m venv $(SIZE_FOLDER)/datasette && $(SIZE_FOLDER)/datasette/bin/pip install -q datasette
	$(BIN)/python bench/store.py --events 10000,100000,$(SIZE) --folder $(SIZE_FOLDER)
	$(BIN)/python bench/serve.py --events 10000,$(SIZE) --folder $(SIZE_FOLDER) --datasette $(SIZE_FOLDER)/datasette/bin/datasette
	rm -rf $(SIZE_FOLDER)
	$(BIN)/python bench/postgresql.py --events $(SIZE)

check: ## lint, format, types, import contracts, knowledge base, changes of the API that break clients
	$(SETUP) && $(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/python -m app.knowledge.check && $(BIN)/dragoman openapi --compare tests/openapi_accepted.json --changelog CHANGELOG.md

eval: ## measure extraction on data/samples and on ../shared/gold; fails below tests/eval_baseline.json
	$(SETUP) run
	@failed=0; for gold in $(GOLD); do $(BIN)/dragoman eval $$gold $(EVAL) || failed=1; done; \
	for gold in $(wildcard ../shared/gold/dev); do $(BIN)/dragoman eval $$gold --ignore-published $(EVAL) || failed=1; done; exit $$failed

eval-update: ## make eval, and write what it measures into tests/eval_baseline.json
	@$(MAKE) --no-print-directory eval EVAL=--update-baseline

openapi: ## write openapi.json
	$(SETUP) run && $(BIN)/dragoman openapi --output openapi.json

openapi-accept: ## with a release: what clients may rely on from then on, tests/openapi_accepted.json
	$(SETUP) run && $(BIN)/dragoman openapi --bare --output tests/openapi_accepted.json

lock: ## renew the lock files; what they hold already stays, UPGRADE=1 takes the newest of all
	$(SETUP) && $(BIN)/pip install -q uv && $(LOCK) $(if $(UPGRADE),-U) -o requirements.lock && $(LOCK) $(if $(UPGRADE),-U) -c requirements.lock --extra dask --extra postgres --group dev -o requirements-dev.lock

clean: ## remove the environment and everything that was built
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist build

help: ## this list
	@sed -n 's/^\([a-z-]*\): ## /\1	/p' Makefile | expand -t 13
