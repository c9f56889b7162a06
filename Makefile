# assetgen: two commands from nothing. `make demo` builds the sample campaign, `make test` proves it.
PYTHON ?= python3
VENV := .venv
UV := $(VENV)/bin/python -m uv
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/$(VENV)

.PHONY: help setup demo test check bench docs clean

help:   ## what there is
	@grep -E '^[a-z]+: .*##|^[a-z]+:   ##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 10

setup: $(VENV)/.done   ## make the environment, exactly as locked

$(VENV)/.done: pyproject.toml uv.lock tools/bootstrap.py
	@$(PYTHON) tools/bootstrap.py
	@$(UV) sync --quiet --locked --compile-bytecode --python $(VENV)/bin/python
	@$(VENV)/bin/python -m compileall -q assetgen
	@touch $@

demo: setup   ## build the sample campaign into out/nusantara
	@$(VENV)/bin/assetgen build samples/nusantara --out out/nusantara

test: setup   ## all tests
	@$(VENV)/bin/python -m pytest -q -n 2 --dist loadfile

check: setup   ## linter, formatter and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

bench: setup   ## speed against peers, in one run
	@$(VENV)/bin/python -m benchmarks

docs: setup   ## write the generated pages of docs/ anew
	@for page in docs/make_*.py; do $(VENV)/bin/python $$page; done

clean:   ## remove what was built
	@rm -rf out dist .pytest_cache .ruff_cache .mypy_cache
