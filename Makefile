# `make` runs all checks and tests. Each target sets up what it needs in .venv; only Python 3.11 is required.

ifndef PYTHON
PYTHON := $(shell for each in python3 python3.11 python3.12 python3.13 python3.14; do \
  $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
endif
VENV := .venv
BIN := $(VENV)/bin
MINIMUM := .venv-minimum
SPARK := .venv-spark
BENCH := .venv-bench

# Install only pinned and hashed wheels from requirements/, so that no library runs code during installation.
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOCKED := install --require-hashes --only-binary :all: --requirement
# pyspark has no wheel. The order counts: the last option wins.
LOCKED_SPARK := install --require-hashes --only-binary :all: --no-binary pyspark --requirement
OURSELVES := install --no-deps --no-build-isolation --editable .

.PHONY: all demo assess test coverage minimum spark lint types format golden docs pictures bench dist lock clean
.DEFAULT_GOAL := all

all: lint types minimum test

$(VENV)/venv.done:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is required. To choose one: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python can't create virtual environments. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.done: $(VENV)/venv.done requirements/run.txt pyproject.toml
	$(PIP) $(LOCKED) requirements/run.txt
	$(PIP) $(OURSELVES)
	@touch $@

$(VENV)/dev.done: $(VENV)/run.done requirements/dev.txt
	$(PIP) $(LOCKED) requirements/dev.txt
	@touch $@

# Each library at the lowest version that pyproject.toml allows; the test tools come from .venv.
$(MINIMUM)/dev.done: $(VENV)/dev.done requirements/minimum.txt
	@rm -rf $(MINIMUM)
	$(BIN)/python -m venv --without-pip $(MINIMUM)
	$(PIP) --python $(MINIMUM) $(LOCKED) requirements/minimum.txt
	@cd $(MINIMUM)/lib/python3* && echo "../../../../$(VENV)/lib/$${PWD##*/}/site-packages" > site-packages/tools.pth
	$(PIP) --python $(MINIMUM) $(OURSELVES)
	@touch $@

# The programs and libraries that `make bench` compares with.
$(BENCH)/bench.done: $(VENV)/run.done requirements/bench.txt
	@rm -rf $(BENCH)
	$(BIN)/python -m venv --without-pip $(BENCH)
	$(PIP) --python $(BENCH) $(LOCKED) requirements/bench.txt
	@touch $@

demo: $(VENV)/run.done
	@$(BIN)/python examples/demo.py

assess: $(VENV)/run.done
	@$(BIN)/iop-fit assess; status=$$?; [ $$status -eq 130 ] || [ $$status -eq 3 ] || exit $$status

test: $(VENV)/dev.done
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

# Not part of `make`: lines and branches that no test covers. It takes twice as long as the tests.
coverage: $(VENV)/dev.done
	$(BIN)/python -m coverage run -m pytest --numprocesses 2 --dist loadfile; $(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

# Smoke tests against the lowest library versions: startup, YAML, the terminal, each report format.
minimum: $(MINIMUM)/dev.done
	IOP_FIT_LOCK=minimum $(MINIMUM)/bin/python -m pytest --quiet --numprocesses 2 -p no:cacheprovider \
	  tests/project/test_supply_chain.py tests/project/test_startup.py tests/files/test_yaml_reader.py tests/content/test_examples.py tests/cli/test_exports.py tests/report/test_to_html.py tests/report/test_glyphs.py

# Not part of `make`: the tests of Apache Spark, which needs Java 17 or later and 500 MB. pyspark has no wheel, so pip runs its setup.
$(SPARK)/dev.done: $(VENV)/dev.done requirements/spark.txt
	@rm -rf $(SPARK)
	$(BIN)/python -m venv --without-pip $(SPARK)
	$(PIP) --python $(SPARK) $(LOCKED_SPARK) requirements/spark.txt
	@cd $(SPARK)/lib/python3* && echo "../../../../$(VENV)/lib/$${PWD##*/}/site-packages" > site-packages/tools.pth
	$(PIP) --python $(SPARK) $(OURSELVES)
	@touch $@

spark: $(SPARK)/dev.done
	@java -version >/dev/null 2>&1 || { echo "Spark needs Java 17 or later. On Debian: apt install openjdk-17-jre-headless"; exit 1; }
	$(SPARK)/bin/python -m pytest -p no:cacheprovider tests/scoring/test_spark.py

lint: $(VENV)/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.done
	$(BIN)/mypy

format: $(VENV)/dev.done
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Rewrite the golden files and delete those that no test uses. Review the diff before you commit it.
golden: $(VENV)/dev.done
	$(BIN)/python -m pytest --update-golden \
	  tests/loading/test_bad_questionnaires.py tests/storage/test_difference.py tests/content/test_examples.py tests/report/test_to_fhir.py tests/checking/test_sabotage.py tests/loading/test_json_schema.py

# Regenerate the generated parts of docs/ and the pictures of the README. Review the diff.
docs: $(VENV)/dev.done
	$(BIN)/python docs/generate.py

pictures: $(VENV)/dev.done
	$(BIN)/python docs/make_pictures.py

# Not part of `make`: measure speed and memory on this computer, and write docs/reference/performance.md. For true figures,
# let nothing else run. BENCH_OPTIONS="--only commands" measures one part, and prints it instead. iop-fit is installed from a
# wheel, as people have it.
bench: $(BENCH)/bench.done
	$(PIP) --python $(BENCH) install --no-deps --no-build-isolation --force-reinstall .
	PYTHONPATH=tests $(BENCH)/bin/python -m bench $(BENCH_OPTIONS)

# Reproducible builds of the wheel and the source archive.
dist: $(VENV)/run.done
	@rm -rf dist
	@env -u SOURCE_DATE_EPOCH $(BIN)/python -m hatchling build
	@$(BIN)/python -m pip hash dist/*

# Regenerate requirements/ from pyproject.toml: `make lock` keeps current versions where possible, `make lock NEW=--upgrade`
# takes the newest. Review the diff before you commit it.
COMPILE = $(BIN)/uv pip compile --quiet --no-config --custom-compile-command "make lock" --universal --python-version 3.11 \
  --only-binary :all: --emit-build-options --no-emit-index-url --generate-hashes $(NEW)
lock: $(VENV)/venv.done
	$(PIP) $(LOCKED) requirements/lock.txt
	$(COMPILE) --group lock --output-file requirements/lock.txt
	$(COMPILE) pyproject.toml --group build --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --group dev --constraints requirements/run.txt --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --group bench --constraints requirements/run.txt --output-file requirements/bench.txt
	$(COMPILE) pyproject.toml --resolution lowest --output-file requirements/minimum.txt
	$(COMPILE) --group spark --no-binary pyspark --no-emit-build-options --output-file requirements/spark.txt

clean:
	rm -rf $(VENV) $(MINIMUM) $(SPARK) $(BENCH) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
