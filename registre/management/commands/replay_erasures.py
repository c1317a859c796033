from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registre.domain.erasure import replay_erasures
from registre.domain.ledger import read_lines


class Command(BaseCommand):
    help = "Après une restauration, efface de nouveau les personnes qui sont revenues."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--ledger",
            type=Path,
            default=settings.ERASURE_LEDGER or None,
            help="le registre des effacements gardé hors de la base",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = replay_erasures(reasons=_reasons(options["ledger"]))
        self.stdout.write(f"{count} effacements rejoués." if count else "Personne n’est revenu.")


def _reasons(ledger: Path | None) -> dict[str, str]:
    if ledger is None or not Path(ledger).exists():
        return {}
    try:
        with Path(ledger).open(encoding="utf-8") as lines:
            return read_lines(lines)
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"Ce registre des effacements est illisible\u00a0: {error}") from error
