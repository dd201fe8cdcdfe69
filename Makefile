# The commands of this project. GNU make 3.81 or newer; everything else is fetched.
# STACK=local (the default) is the tenant on this machine; with any other stack the commands run your
# own `pulumi` with your own login, and set nothing.

STACK ?= local
PORT ?=
API_PORT ?=
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$python && break; \
	done)

# Each command starts several interpreters, which would compile the project each time.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
LOCAL_READY := $(VENV)/.local-requirements
DEV_READY := $(VENV)/.dev-requirements
BENCH_FOLDER := .local/bench
BENCH_READY := $(BENCH_FOLDER)/.requirements
NODE_READY := $(VENV)/.node-requirements

.DEFAULT_GOAL := help
.PHONY: help up demo preview refresh down recover outputs map env logs clean test bench conformance lint format doctor upgrade documents pictures

help: ## this list
	@echo "Usage: make COMMAND [STACK=local] [PORT=8443]"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { gsub(/[$$][$$]/, "$$", $$2); printf "  %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

MAP_OPTIONS = --file "$(FILE)" $(if $(IDS),--ids)

ifeq ($(STACK),local)

# Progress goes to standard error, so that `make env` and `make outputs` can be piped.
COMMAND = $(BIN)/python -m commands$(if $(ALL), --administrator)

up: $(LOCAL_READY) ## create or update the tenant; gets the engine and starts the tenant first; ALL=1: with every permission
	@$(COMMAND) up --port "$(PORT)"

demo: $(LOCAL_READY) $(NODE_READY) ## `up`, and an example web application with its API for a customer to sign in to
	@$(COMMAND) demo --port "$(PORT)" --api-port "$(API_PORT)"

preview: $(LOCAL_READY) ## what `up` would change
	@$(COMMAND) preview --port "$(PORT)"

refresh: $(LOCAL_READY) ## take what has become of the tenant into the state
	@$(COMMAND) refresh --port "$(PORT)"

down: $(LOCAL_READY) ## delete everything in the tenant, and stop it
	@$(COMMAND) down --port "$(PORT)"

recover: $(LOCAL_READY) ## after a run that was killed: lock, processes, unrecorded objects; `up` does it first
	@$(COMMAND) recover --port "$(PORT)"

outputs: $(LOCAL_READY) ## the stack's outputs as JSON; SECRETS=1 shows secrets
	@$(COMMAND) outputs $(if $(SECRETS),--secrets)

map: $(LOCAL_READY) ## draw the tenant: .local/map.svg and map.mmd, or FILE=x.svg, .mmd, .md; IDS=1 shows client IDs
	@$(COMMAND) map --port "$(PORT)" $(MAP_OPTIONS)

else

# In a shell that ran `make env`, `pulumi` means the local backend and the local tenant.
define NOT_LOCAL
@if [ -n "$$CIAM_SAVED_ENVIRONMENT" ]; then \
	echo 'This shell has chosen the stack `local`: run eval "$$(make -s env OFF=1)" first.' >&2; exit 1; fi
@if ! command -v pulumi >/dev/null; then \
	echo 'The stack $(STACK) needs the Pulumi CLI: https://www.pulumi.com/docs/install/' >&2; exit 1; fi
endef

up: $(LOCAL_READY)
	$(NOT_LOCAL)
	pulumi up --stack "$(STACK)"

preview: $(LOCAL_READY)
	$(NOT_LOCAL)
	pulumi preview --stack "$(STACK)"

refresh: $(LOCAL_READY)
	$(NOT_LOCAL)
	pulumi refresh --stack "$(STACK)"

down: $(LOCAL_READY)
	$(NOT_LOCAL)
	pulumi destroy --stack "$(STACK)"

recover: $(LOCAL_READY)
	@$(BIN)/python -m commands recover --stack "$(STACK)"

outputs: $(LOCAL_READY)
	$(NOT_LOCAL)
	@pulumi stack output --stack "$(STACK)" --json $(if $(SECRETS),--show-secrets)

map: $(LOCAL_READY)
	@$(BIN)/python -m commands map --stack "$(STACK)" $(MAP_OPTIONS)

endif

env: $(LOCAL_READY) ## shell lines that choose the stack `local`: eval "$$(make -s env)"; ALL=1: with every permission; OFF=1 undoes it
	@$(BIN)/python -m commands env $(if $(OFF),--off) $(if $(ALL),--administrator)

logs: $(LOCAL_READY) ## what was asked of the local tenant; FOLLOW=1 waits for more
	@$(BIN)/python -m commands logs $(if $(FOLLOW),--follow)

doctor: $(LOCAL_READY) ## what this machine has of what is needed
	@$(BIN)/python -m engine doctor

clean: ## stop the local tenant and remove what was made here: .local, .venv, the examples' node_modules
	@if [ -d .local/tenant ]; then \
		$(firstword $(wildcard $(BIN)/python) $(PYTHON)) -m commands.tenant; fi
	rm -rf .local $(VENV) examples/*/node_modules

test: lint ## lint and the whole test suite; TESTS=tests/providers runs a part of it
	@$(BIN)/python -m engine install
	@$(BIN)/python tests/chromium.py
	@$(BIN)/python -m pytest -n auto --dist worksteal $(TESTS)

lint: $(DEV_READY) ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/basedpyright

format: $(DEV_READY) ## put the code into its form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

conformance: $(DEV_READY) ## run the local tenant's tests against a real, throw-away tenant: TENANT=its-id
	@if [ -z "$(TENANT)" ]; then \
		echo 'Say which throw-away external tenant may be written to: make conformance TENANT=its-id' >&2; exit 1; fi
	@$(BIN)/python -m pytest --real-tenant "$(TENANT)" tests/localtenant; code=$$?; \
		$(BIN)/python -m documents && exit $$code

pictures: $(DEV_READY) ## take the pictures of the pages in docs/ anew, in Chromium
	@$(BIN)/python -m engine install
	@PICTURES=docs/pictures CHROMIUM_REQUIRED=1 $(BIN)/python -m pytest -q \
		-k "documentation or reads_and_writes_to_dos" tests/localtenant/test_localtenant_pages_pictures.py \
		tests/localtenant/test_localtenant_portal_chromium.py tests/examples/test_demo.py

bench: $(LOCAL_READY) $(BENCH_READY) ## how fast all of it is: writes docs/benchmarks.md; BENCH=full takes longer
	@$(BIN)/python -m bench

documents: $(LOCAL_READY) ## write the generated pages of docs/ anew
	@$(BIN)/python -m documents

upgrade: $(DEV_READY) ## pin the newest packages that pyproject.toml allows
	@$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --annotation-style line pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --annotation-style line --extra local -c requirements.txt \
		pyproject.toml -o requirements-local.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --annotation-style line --extra local --extra dev \
		-c requirements-local.txt pyproject.toml -o requirements-dev.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --annotation-style line --group bench -o requirements-bench.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --annotation-style line --group node -o requirements-node.txt
	@sed -n -E 's/^((pulumi|pyyaml)==[^ ]+).*/\1/p' requirements.txt > examples/consumer/requirements.txt
	@git diff --stat -- requirements.txt requirements-local.txt requirements-dev.txt requirements-bench.txt \
		requirements-node.txt examples/consumer/requirements.txt

# The Python packages. A stamp file tells what is installed, so an interrupted installation is taken up again.

$(LOCAL_READY): requirements-local.txt | $(BIN)/python
	@echo "Installing the Python packages of requirements-local.txt: a minute or two ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $< >&2
	@touch $@

$(DEV_READY): requirements-dev.txt | $(BIN)/python
	@echo "Installing the Python packages of requirements-dev.txt: a minute or two ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $< >&2
	@touch $@ $(LOCAL_READY)

$(BENCH_READY): requirements-bench.txt | $(BIN)/python
	@echo "Installing moto's server for comparison, and matplotlib, into $(BENCH_FOLDER): a minute or two ..." >&2
	@$(BIN)/python -m venv --clear $(BENCH_FOLDER)
	@$(BENCH_FOLDER)/bin/python -m pip install --quiet --disable-pip-version-check -r $< >&2
	@touch $@

# Nothing is fetched where PATH has a Node.js that will do.
$(NODE_READY): requirements-node.txt $(LOCAL_READY)
	@$(BIN)/python -c 'from commands.node import find_node; find_node()' 2>/dev/null || { \
		echo "Installing Node.js from requirements-node.txt: a minute or two ..." >&2; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $< >&2; }
	@touch $@

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer is needed, and none is on PATH. PYTHON=/path/to/python3 names one elsewhere." >&2; exit 1; fi
	@if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		echo "Python 3.11 or newer is needed; $(PYTHON) is `$(PYTHON) --version 2>&1`." >&2; exit 1; fi
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; fi
	@echo "Creating the virtual environment $(VENV) with `$(PYTHON) --version` ..." >&2
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
