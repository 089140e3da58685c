# make build     install into .venv and build the sample site: content/ -> feeds/
# make test      lint, types, import contracts, tests (with CI=true the slow ones, too)
# make test-all  the same with the slow tests
# make format    let ruff mend what it can
# A fresh machine needs Python 3.11+ and make.

SHELL := /bin/bash
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(if \
	$(shell $(name) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(name))))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
JOBS ?= auto
ifeq ($(CI),true)
TESTS :=
else
TESTS := -m "not slow"
endif

.PHONY: build test test-all check format constraints clean
.DELETE_ON_ERROR:

build: .venv/build.stamp
	@$(BIN)/feedwright build && echo "feeds/ is up to date: open feeds/index.html"

test: check
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n $(JOBS) --dist worksteal $(TESTS); status=$$?; \
	$(BIN)/coverage combine --quiet && $(BIN)/coverage report --format=total \
		| sed 's/.*/coverage: & %/'; exit $$status

test-all:
	@$(MAKE) --no-print-directory test CI=true

check: .venv/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/test.stamp
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# The newest of everything, to be committed together with the feeds that it gives.
constraints: .venv/pip.stamp
	$(PIP) install --upgrade --upgrade-strategy eager --group dev --editable .
	{ sed -n '/^#/p' constraints.txt; $(PIP) freeze --exclude feedwright; } > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* build

.venv/build.stamp: .venv/pip.stamp pyproject.toml constraints.txt
	@$(PIP) install --constraint constraints.txt --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

.venv/test.stamp: .venv/pip.stamp pyproject.toml constraints.txt
	@$(PIP) install --constraint constraints.txt --group dev --editable .
	@touch $@ .venv/build.stamp

# Debian's python3 comes without ensurepip unless python3-venv is there: then a pip from outside the
# environment installs one into it. `--group` needs pip 25.1.
.venv/pip.stamp:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON to it" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv >/dev/null 2>&1 \
		|| $(PYTHON) -m venv --clear --without-pip .venv
	@$(BIN)/python -m pip --version >/dev/null 2>&1 \
		|| $(PYTHON) -m pip --python $(BIN)/python install --quiet 'pip>=25.1' \
		|| { echo "no pip: install Debian's python3-venv or python3-pip" >&2; rm -rf .venv; exit 2; }
	@$(PIP) install --upgrade 'pip>=25.1'
	@touch $@
