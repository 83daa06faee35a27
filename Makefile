# Two commands on a fresh machine: `make run` and `make test`. Each target is one line.
PYTHON ?= python3
export DATA_DIR ?= $(CURDIR)/data
.DEFAULT_GOAL := help

help: ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: ## set everything up and serve the demonstration on http://localhost:8000
	@$(PYTHON) setup_house.py run

test: ## every check and every test
	@$(PYTHON) setup_house.py test

.PHONY: help run test
