# The commands of the repository. Each works as the first command on a fresh machine that has
# g++, make, git and Python 3.10+ with venv: what is missing comes from the package registry
# into .venv. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
venv := .venv
bin := $(CURDIR)/$(venv)/bin
export PATH := $(bin):$(PATH)

.PHONY: help build test demo bench fuzz sanitize lint format clean
help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

# The virtual environment is made again when the list of what it holds changes.
$(venv)/.ready: pyproject.toml tools/setup_venv.py
	@$(PYTHON) tools/setup_venv.py $(venv)

build/build.ninja: $(venv)/.ready CMakeLists.txt CMakePresets.json
	@echo "configure: cmake --preset release"
	@cmake --preset release -DPython_EXECUTABLE="$(bin)/python" > build-configure.log \
	  || { cat build-configure.log; exit 1; }
	@rm -f build-configure.log

# The pandas before the one in the virtual environment: the Python tests run with both.
pandas2 := build/pandas2
$(pandas2)/.ready: $(venv)/.ready
	@echo "setup: installing pandas <3 for its tests"
	@python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade \
	  --target $(pandas2) "pandas <3" pytz
	@touch $@

build: build/build.ninja ## set up what is missing and build everything
	@cmake --build build

with_pandas2 = $(patsubst %,python/tests/test_%.py,write_types read_types read_pandas \
  write_frame read_frame round_trips)
test: build $(pandas2)/.ready ## every test: C++, Python, Stata, cross-language
	@ctest --test-dir build --parallel 2 --output-on-failure --no-tests=error
	@python -m pytest -n 2
	@PYTHONPATH=$(pandas2) python -m pytest -n 2 $(with_pandas2)

demo: build/build.ninja ## the README's session, end to end
	@cmake --build build --target session
	@python examples/demo.py

bench: build ## every figure beside its peers, in one run
	@python bench/run.py

fuzz: $(venv)/.ready ## fuzz the codec for 5 minutes a target (SECONDS_EACH=...)
	@python fuzz/run.py --seconds $(or $(SECONDS_EACH),300)

sanitize: $(venv)/.ready ## unit tests and do-files under ASan, UBSan and TSan
	@for preset in asan tsan; do \
	  cmake --preset $$preset > /dev/null; cmake --build --preset $$preset; \
	  ctest --test-dir build/$$preset --output-on-failure --no-tests=error; \
	  ADOHOST=$(CURDIR)/build/$$preset/bin/adohost python -m pytest host/tests; done

cxx_files = git ls-files '*.cc' '*.h' ':!third_party'
lint: $(venv)/.ready ## formatting and ruff, nothing changed
	@$(cxx_files) | xargs clang-format --dry-run --Werror
	@ruff check . && ruff format --check .

format: $(venv)/.ready ## format C++ and Python
	@$(cxx_files) | xargs clang-format -i
	@ruff check --fix --quiet . ; ruff format .

clean: ## remove what was built (the virtual environment stays)
	@rm -rf build dist python/shm/*.so
