# Every target is one command of the package `machine`, which installs what is missing first.
PYTHON ?= python3
ARGS ?=
MACHINE = @exec $(PYTHON) -m machine

.DEFAULT_GOAL := help
.PHONY: help run dev test trust check format bench demo-reset services stop manage messages shots lock

help: ## affiche cette liste
	@sed -nE 's/^([a-z-]+): ## (.*)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) \
		| awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

run: ## installe ce qui manque, charge l’Ariège et sert le site (PORT=8000, HOST=127.0.0.1)
	$(MACHINE) run

dev: ## sert la copie de travail : les pages se rechargent, les erreurs s’affichent
	$(MACHINE) dev

test: ## lance tous les essais (ARGS="chemin -k nom" pour en choisir)
	$(MACHINE) test $(ARGS)

trust: ## lance les longues épreuves en entier (ARGS=…)
	$(MACHINE) trust $(ARGS)

check: ## vérifie le code : style, types, couches, gabarits, migrations, réglages
	$(MACHINE) check

format: ## met en forme le code et les gabarits
	$(MACHINE) format

bench: ## mesure : le nôtre, le naïf, la limite (SCALE=small|full, ARGS=…)
	$(MACHINE) bench $(ARGS)

demo-reset: ## remet la démonstration comme au premier jour
	$(MACHINE) demo-reset

services: ## lance PostgreSQL et Redis privés et les laisse tourner
	$(MACHINE) services

stop: ## arrête PostgreSQL et Redis privés s’ils tournent encore
	$(MACHINE) stop

manage: ## lance une commande de Django (ARGS="shell")
	$(MACHINE) manage $(ARGS)

messages: ## met à jour les catalogues de traduction
	$(MACHINE) messages

shots: ## refait les images de la documentation (pendant que make run tourne ; ARGS=adresse)
	$(MACHINE) shots $(ARGS)

lock: ## fige les versions des bibliothèques (ARGS=--upgrade les renouvelle)
	$(MACHINE) lock $(ARGS)
