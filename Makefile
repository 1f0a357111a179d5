# Promo Desk. `make` alone lists what can be done.
PYTHON ?= python3.10
VENV := .venv
# So many tests run at once, each with a desk of its own where it needs one.
TESTERS ?= 2
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed-$(shell cat requirements.lock requirements-cuda.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export HF_HUB_OFFLINE := 1

.DEFAULT_GOAL := help

.PHONY: help
help: ## list what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: $(INSTALLED) ## set everything up and start the desk with sample data: http://localhost:8000
	@exec $(BIN)/promodesk serve --demo --activity

.PHONY: test
test: $(INSTALLED) ## set everything up and run every test
	$(BIN)/promodesk train --if-needed
	$(BIN)/python -m pytest --numprocesses $(TESTERS) --dist loadfile

.PHONY: faults
faults: $(INSTALLED) ## break one thing after the other while fifty customers talk: about nine minutes, with the machine to itself
	$(BIN)/promodesk train --if-needed
	PROMODESK_FAULTS=full $(BIN)/python -m pytest tests/faults/test_faults_under_load.py

.PHONY: check
check: $(INSTALLED) ## style, types, direction of imports, content, Rasa's own validation, container files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/promodesk check
	$(BIN)/rasa data validate --fail-on-warnings --data data
	deploy/lint $(BIN) $(VENV)/linters

.PHONY: train
train: $(INSTALLED) ## train the model
	$(BIN)/promodesk train

.PHONY: chat
chat: $(INSTALLED) ## talk to a running desk in the terminal
	$(BIN)/promodesk chat

.PHONY: fix
fix: $(INSTALLED) ## mend style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: lock
lock: $(INSTALLED) ## lock every version; UPGRADE=1 takes newer ones
	deploy/lock $(BIN)

.PHONY: audit
audit: $(INSTALLED) ## look for known vulnerabilities of what is locked (needs pypi.org or api.osv.dev)
	@$(BIN)/python deploy/audit.py

.PHONY: clean
clean: ## remove everything that can be made again
	rm -rf $(VENV) .cache .rasa models var reports

$(INSTALLED):
	@deploy/install "$(PYTHON)" "$(VENV)"
	@rm -f $(VENV)/installed-*
	@touch $@
