# Two commands on a fresh machine: `make run` and `make test`. Each line is one command.
# The newest of the machine that can make a virtual environment.
TRIED = python3.13 python3.12 python3.11
PYTHON ?= $(shell for one in $(TRIED); do $$one -c 'import ensurepip' 2>/dev/null && echo $$one && exit; done; echo python3)
B = .venv/bin
# A process that may not keep what it compiled takes seconds longer to start, each time.
unexport PYTHONDONTWRITEBYTECODE
PROOFS = \
	tests/adapters/test_many_cards.py \
	tests/adapters/test_pictures.py \
	tests/cli/test_backups.py \
	tests/cli/test_bad_backups.py \
	tests/cli/test_one_grammar.py \
	tests/cli/test_story_commands.py \
	tests/journeys/test_access_pages.py tests/journeys/test_administration.py \
	tests/journeys/test_crew.py \
	tests/journeys/test_brigade_day.py \
	tests/journeys/test_every_page.py tests/journeys/test_every_reason.py \
	tests/journeys/test_hostile_texts.py \
	tests/journeys/test_kept_crossings.py \
	tests/properties \
	tests/services/test_market.py \
	tests/services/test_anchoring.py \
	tests/services/test_crashes.py \
	tests/services/test_durability.py \
	tests/services/test_kills.py tests/services/test_signing_failures.py \
	tests/services/test_list_places.py tests/services/test_published.py \
	tests/services/test_log_size.py \
	tests/services/test_quota_races.py \
	tests/services/test_soak.py \
	tests/services/test_races.py \
	tests/services/test_rotation.py \
	tests/services/test_sealing.py \
	tests/services/test_tampering.py \
	tests/storage/test_constraints.py \
	tests/storage/test_role_attacks.py \
	tests/web/api/matrix \
	tests/web/test_complaint_load.py \
	tests/web/api/test_fuzz.py tests/web/api/test_operations.py \
	tests/web/test_foreign_requests.py \
	tests/web/test_guessing.py \
	tests/web/pages/test_shared_address.py \
	tests/web/test_hostile_requests.py \
	tests/web/pages/test_many_cases.py \
	tests/web/test_throttles.py
# How easily every Spanish text reads; it needs no database, and `make test` asks once, in `checked`.
VOICE = tests/house/test_voice.py
.DEFAULT_GOAL := help

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Vereda needs Python 3.11 or newer: install it, or name it by PYTHON=python3.11." >&2; exit 1; }

setup: python ## virtual environment, locked packages, front-end assets, translations
	@$(PYTHON) setup_house.py setup

run: python ## set up, then serve the demonstration on http://localhost:8000 (PORT, DATA_DIR)
	@$(PYTHON) setup_house.py run

packages: python ## set up what checks need
	@$(PYTHON) setup_house.py packages

tools: python ## set up what tests need, the browser too
	@$(PYTHON) setup_house.py tools

test: packages ## set up, every check and every test: Python, JavaScript, journeys in a browser
	@$(MAKE) --no-print-directory -j 2 checked tried

tried: tools
	@PATH="$(CURDIR)/$(B):$$PATH" npm test --silent
	@$(B)/pytest -n 4 --dist loadfile --no-loadscope-reorder -q --ignore=$(VOICE)

check: packages ## format, lint, types, layers, templates, drift, how easily texts read
	@$(MAKE) --no-print-directory checked

checked:
	@$(B)/ruff format --check .
	@$(B)/ruff check .
	@$(B)/mypy
	@$(B)/lint-imports --no-logo
	@$(B)/djlint templates --lint --quiet
	@$(B)/vereda openapi --check
	@$(B)/vereda states --check
	@$(B)/vereda data --check
	@$(B)/vereda ethics --check
	@$(B)/pytest -q --noconftest -p no:cacheprovider $(VOICE)

prove: tools ## the heavy proofs with full counts; their figures go to build/
	@VEREDA_PROOF=full $(B)/pytest -v $(PROOFS)
	@$(B)/python -m tests.measured

bench: tools ## each figure beside its peer, as a table and in build/bench.json
	@$(B)/python -m tests.benchmarks
	@$(B)/python -m tests.measured

format: packages ## put the code in form
	@$(B)/ruff check --fix --quiet .
	@$(B)/ruff format .

strings: packages ## compile the translations and list the texts that wait for one
	@$(B)/python -m app.web.i18n_catalogues compile
	@$(B)/python -m app.web.i18n_catalogues missing

lock: setup ## write the locks anew from pyproject.toml, with hashes and without addresses
	@$(B)/uv lock --upgrade --quiet
	@$(B)/uv export -q --frozen --no-emit-project --no-annotate --no-header --no-dev -o requirements.lock
	@$(B)/uv export -q --frozen --no-emit-project --no-annotate --no-header -o requirements-dev.lock
	@$(B)/uv export -q --frozen --no-emit-project --no-annotate --no-header --only-group node -o requirements-node.lock

clean: ## remove what was built; the data stays
	@rm -rf build .venv node_modules app/web/static/vendor .mypy_cache .ruff_cache .pytest_cache

.PHONY: help python setup run packages tools test tried check checked prove bench format strings lock clean
