PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export HF_HUB_OFFLINE := 1

.PHONY: run test lint types format sample locale clean

run: $(VENV)/.run        ## install what the app needs and open it with the sample hospital
	MEDALLOC_DEMO=$${MEDALLOC_DEMO:-1} $(BIN)/python -m streamlit run app.py

test: lint types $(VENV)/.dev   ## every check that CI makes
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

sample: $(VENV)/.run     ## write the two shipped hospitals anew
	$(BIN)/python -m sample_data.generate --beds 300 --seed 7 --out sample_data/hospital
	$(BIN)/python -m sample_data.generate --beds 40 --seed 3 --out sample_data/small

PO := medalloc/locale/zh_Hans/LC_MESSAGES/medalloc

locale: $(VENV)/.dev     ## take the words of the source into the Chinese catalogue, and compile it
	$(BIN)/pybabel -q extract -k translate -k say --no-location --sort-output --omit-header \
		-o $(VENV)/medalloc.pot app.py pages medalloc
	$(BIN)/pybabel -q update -l zh_Hans -i $(VENV)/medalloc.pot -o $(PO).po -w 110 \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -l zh_Hans -i $(PO).po -o $(PO).mo

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "medalloc needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements-dev.txt
	touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
