from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portail.demo.content import territories
from portail.demo.loading import Loaded, NotADemo, is_loaded, load_demo, remove_everything
from portail.demo.setting import Stage
from territoires.domain.brand import site_address


class Command(BaseCommand):
    # Run at each start of the site: `migrate`, just before, made the checks.
    requires_system_checks = []
    help = "Charge la démonstration : un territoire réel, des personnes fictives."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--territory", choices=territories(), default="ariege")
        parser.add_argument("--stage", choices=[stage.value for stage in Stage], default="today")
        parser.add_argument("--seed", type=int, default=9, help="même graine, mêmes personnes")
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="AAAA-MM-JJ",
            help="le jour tenu pour aujourd’hui",
        )
        parser.add_argument("--reset", action="store_true", help="efface tout avant de charger")
        parser.add_argument(
            "--force", action="store_true", help="charge hors d’une installation de démonstration"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded(options["territory"]) and not options["reset"]:
            self.stdout.write("La démonstration est déjà chargée.")
            return
        try:
            loaded = self._load(options)
        except NotADemo as refusal:
            raise CommandError(
                "Cette installation n’est pas une démonstration (réglage DEMO)\u00a0: "
                "rien n’a changé."
            ) from refusal
        self.stdout.write(f"{loaded.territory}\u00a0: {loaded.communes} communes, {_what(loaded)}.")
        if loaded.territory.host_name and not loaded.territory.is_default:
            self.stdout.write(f"Son site\u00a0: {site_address(loaded.territory)}/")

    @transaction.atomic
    def _load(self, options: dict[str, Any]) -> Loaded:
        """All or nothing: a demo that can't be loaded anew is not removed either."""
        if options["reset"]:
            remove_everything()
        return load_demo(
            folder=options["territory"],
            stage=Stage(options["stage"]),
            seed=options["seed"],
            today=options["on"],
            anyway=options["force"],
        )


def _what(loaded: Loaded) -> str:
    if loaded.solos:
        return f"{loaded.solos} solos recensés, dont {loaded.in_directory} dans l’annuaire"
    return f"{loaded.telecentres} télécentres, {loaded.desks} postes"
