# The project's commands. `make` alone lists them.

# An empty variable counts as not set. A distribution's Python comes first: compiled with profile-guided optimization,
# as one from pyenv is not, it takes a fifth less time. Some distributions leave out what a virtual environment needs.
override PYTHON := $(or $(PYTHON),$(shell for python in /usr/bin/python3.11 python3.11; do \
	$$python -c 'import ensurepip, venv' 2> /dev/null && echo $$python && exit; done; echo python3))
override PORT := $(or $(PORT),8000)
export PORT

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# Stamps of what is installed. Each is remade only when its lock file changes.
SITE := .venv/.installed
TOOLS := .venv/.installed-dev
CHECKS := check-format check-lint check-types check-imports check-site check-migrations check-templates \
	check-vulnerabilities

.PHONY: help install run dev test test-fast test-sweeps test-deploy check sbom bench lock words map fonts $(CHECKS)

help:
	@echo "make run          the site with its content at http://localhost:$(PORT) (another port: make run PORT=8001)"
	@echo "make test         the tests, on SQLite, on PostgreSQL, in a browser and with the site's own processes"
	@echo "make test-sweeps  the tests that try every page, screen, state, width or way of a kind, in all four"
	@echo "make test-fast    the units alone, on SQLite, in two minutes at most"
	@echo "make check        format, lint, types, imports, migrations, templates and known vulnerabilities, in under a minute"
	@echo "make dev          the site with tracebacks and reloading, for working on it"
	@echo "make test-deploy  the tests of the files of deploy/: nginx, PostgreSQL, two web processes; a table of faults"
	@echo "make bench        rendering, delivery, memory, growth and publishing, measured beside what else there is"
	@echo "make sbom         what the site is made of, in var/sbom.json (CycloneDX)"
	@echo "make lock         the lock files anew from pyproject.toml"
	@echo "make words        the admin's words for Wagtail's, compiled from django.po"
	@echo "make fonts        the font files anew (needs npm, to fetch their sources)"
	@echo "make map          the outlines of the states anew (needs npm, to fetch them)"

run: $(SITE)
	@exec $(BIN)/python manage.py run_site

dev: export DJANGO_SETTINGS_MODULE = site_core.settings.development
dev: $(TOOLS)
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py load_content
	@exec $(BIN)/python manage.py runserver localhost:$(PORT)

test: $(TOOLS)
	@exec $(BIN)/python -m tests

test-fast: $(TOOLS)
	@exec env -u TEST_DATABASE_URL $(BIN)/python -m pytest --quiet -m "unit and not sweep"

test-sweeps: $(TOOLS)
	@exec $(BIN)/python -m tests sweeps

test-deploy: $(TOOLS)
	@exec $(BIN)/python -m tests deploy

bench: $(TOOLS)
	@exec $(BIN)/python -m benchmarks

check: $(TOOLS)
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target $(CHECKS)

check-site check-migrations: export DJANGO_SETTINGS_MODULE = site_core.settings.test
check-types:
	$(BIN)/mypy
check-format:
	$(BIN)/ruff format --check --quiet
check-lint:
	$(BIN)/ruff check --quiet
check-imports:
	$(BIN)/lint-imports --no-logo
check-site:
	$(BIN)/python manage.py check
check-migrations:
	$(BIN)/python manage.py makemigrations --check
check-templates:
	$(BIN)/djlint --lint --quiet templates
# Asks PyPI about each package that the site runs on. Without an answer for every one it says so, and passes.
check-vulnerabilities:
	@said=$$($(BIN)/pip-audit --strict --disable-pip --progress-spinner off --timeout 5 -r requirements.txt 2>&1) && exit; \
	case "$$said" in \
		*"Found "*"known vulnerabilit"*) echo "$$said"; exit 1;; \
		*) echo "SKIPPED: nobody was asked about known vulnerabilities: $$(echo "$$said" | tail -n 1)";; \
	esac

sbom: $(TOOLS)
	@mkdir -p var
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file var/sbom.json requirements.txt

lock: COMPILE = $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	--no-strip-extras --no-config --quiet pyproject.toml
lock: $(TOOLS)
	$(COMPILE) -o requirements.txt
	$(COMPILE) --group dev -c requirements.txt -o requirements-dev.txt

# Django reads the compiled file only.
WORDS := site_core/admin/locale/en/LC_MESSAGES/django
words: $(TOOLS)
	$(BIN)/python -c "import polib; polib.pofile('$(WORDS).po').save_as_mofile('$(WORDS).mo')"

# Draws the Census Bureau's boundaries, from the npm package us-atlas, into two templates.
map: export DJANGO_SETTINGS_MODULE = site_core.settings.test
map: $(TOOLS)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	npm pack --silent --pack-destination "$$folder" us-atlas@3.0.1 > "$$folder/name" && \
	tar -xzf "$$folder/$$(cat "$$folder/name")" -C "$$folder" && \
	$(BIN)/python manage.py draw_outlines "$$folder/package/states-10m.json"

# Cuts the two families, from the npm packages of Fontsource, into the files that browsers and social cards load. The
# license of Source Serif 4 reserves its name for the original, so the files have none. Their licenses are beside them.
FONTS := site_core/brand/static/brand/fonts
LATIN := U+20-7E,U+A0,U+A7,U+A9,U+AD,U+B0,U+B7,U+D7,U+2013-2014,U+2018-2019,U+201C-201D,U+2022,U+2026,U+2212
LATIN_1 := U+A1-A6,U+A8,U+AA-AC,U+AE-AF,U+B1-B6,U+B8-D6,U+D8-FF
NUMERALS := U+20,U+25,U+2D-2E,U+30-39,U+2013-2014,U+2212
# Kerning, ligatures, proportional figures (the serif's default is tabular) and tabular figures (for the sans).
SUBSET := --flavor=woff2 --layout-features=kern,liga,pnum,tnum --no-hinting --notdef-outline --recalc-bounds \
	--drop-tables+=STAT --name-IDs+=14 --obfuscate-names
SERIF := source-serif-4-latin-opsz-normal
ITALIC := source-serif-4-latin-opsz-italic
SANS := public-sans-latin-wght-normal
fonts: $(TOOLS)
	@set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	for package in source-serif-4@5.3.1 public-sans@5.3.0; do \
		npm pack --silent --pack-destination "$$folder" "@fontsource-variable/$$package" > "$$folder/name"; \
		tar -xzf "$$folder/$$(cat "$$folder/name")" -C "$$folder"; \
	done; \
	cut() { \
		source="$$folder/package/files/$$2.woff2" file="$(FONTS)/$$1.woff2" characters="$$3"; \
		shift 3; \
		$(BIN)/fonttools varLib.instancer --quiet --no-recalc-timestamp -o "$$folder/cut.ttf" "$$source" "$$@"; \
		$(BIN)/pyftsubset "$$folder/cut.ttf" --output-file="$$file" --unicodes="$$characters" $(SUBSET); \
	}; \
	cut serif-text $(SERIF) $(LATIN) wght=400 opsz=16; \
	cut serif-semibold $(SERIF) $(LATIN) wght=600 opsz=16; \
	cut serif-display $(SERIF) $(LATIN) wght=400 opsz=60; \
	cut serif-numerals $(SERIF) $(NUMERALS) wght=200:900 opsz=60; \
	cut serif-italic $(ITALIC) $(LATIN) wght=400 opsz=16; \
	cut serif-text-latin-1 $(SERIF) $(LATIN_1) wght=400:600 opsz=16; \
	cut serif-display-latin-1 $(SERIF) $(LATIN_1) wght=400 opsz=60; \
	cut sans $(SANS) $(LATIN) wght=400:600; \
	cut sans-latin-1 $(SANS) $(LATIN_1) wght=400:600

install: $(SITE)

$(SITE): requirements.txt | $(BIN)/python
	@echo "Installing what the site needs …"
	@$(PIP) -r requirements.txt
	@touch $@

# The tools' lock file includes the site's, so one install serves both.
$(TOOLS): requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing what the site and its tests need …"
	@$(PIP) -r requirements-dev.txt
	@touch $(SITE) $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=…")'
	@$(PYTHON) -m venv .venv
