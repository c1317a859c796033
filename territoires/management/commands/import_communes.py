"""`manage.py import_communes FILE…`: official communes, contours, former communes, events."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from territoires.domain.communes_import import import_communes
from territoires.enums import ImportOutcome
from territoires.models import ImportRun

MOST_SHOWN = 20


class Command(BaseCommand):
    help = _("Importe des fichiers officiels de communes (voir docs/donnees.md).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_("les fichiers"))
        parser.add_argument(
            "--skip-bad", action="store_true", help=_("laisse de côté les lignes fautives")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("dit ce qui changerait, n’écrit rien")
        )
        parser.add_argument(
            "--complete",
            action="store_true",
            help=_("la liste nomme toutes les communes de ses départements : clore les absentes"),
        )
        parser.add_argument(
            "--accept-older",
            action="store_true",
            help=_("accepte une liste plus ancienne que celle en base"),
        )
        parser.add_argument("--vintage", type=_year, help=_("l’année de la liste (au 1er janvier)"))
        parser.add_argument("--population-year", type=_year, help=_("l’année des populations"))

    def handle(self, *_args: Any, files: list[Path], **options: Any) -> None:
        given = {
            name: options[name]
            for name in (
                "skip_bad", "dry_run", "complete", "accept_older", "vintage", "population_year",
            )
        }  # fmt: skip
        for number, path in enumerate(files, start=1):
            self.stdout.write(self.style.MIGRATE_HEADING(path.name))
            run = import_communes(path, progress=self._show_step, **given)
            self._show(run, dry_run=options["dry_run"])
            if run.outcome == ImportOutcome.REFUSED:
                raise CommandError(_refusal(path, files[number:]))

    def _show_step(self, sentence: str) -> None:
        self.stdout.write(f"  … {sentence}")

    def _show(self, run: ImportRun, *, dry_run: bool) -> None:
        report = run.report
        for problem in report["problems"][:MOST_SHOWN]:
            self.stderr.write(f"  {_said(problem, report.get('unit', ''))}")
        if run.rows_refused > MOST_SHOWN:
            self.stderr.write(
                _("  … et %(count)d autres, dans le compte rendu de l’import.")
                % {"count": run.rows_refused - MOST_SHOWN}
            )
        for notice, count in report.get("notices", {}).items():
            self.stdout.write(f"  – {notice} : {count}")
        if repaired := report.get("repaired"):
            self.stdout.write(
                _("  – contours réparés : %(count)d (%(codes)s)")
                % {"count": len(repaired), "codes": ", ".join(repaired[:MOST_SHOWN])}
            )
        if run.outcome == ImportOutcome.DONE:
            self.stdout.write(self.style.SUCCESS(_summary(run)))
        if dry_run:
            self.stdout.write(_("  Essai à blanc : rien n’a été écrit."))


def _summary(run: ImportRun) -> str:
    return _(
        "  %(layout)s – lues : %(read)d, créées : %(created)d, modifiées : %(changed)d, "
        "inchangées : %(unchanged)d, closes : %(ended)d, refusées : %(refused)d (%(seconds).1f s)"
    ) % {
        "layout": run.layout,
        "read": run.rows_read,
        "created": run.rows_created,
        "changed": run.rows_changed,
        "unchanged": run.rows_unchanged,
        "ended": run.rows_ended,
        "refused": run.rows_refused,
        "seconds": (run.finished_at - run.started_at).total_seconds(),
    }


def _said(problem: dict[str, Any], unit: str) -> str:
    place = f"{unit or _('ligne')} {problem['line']}" if problem["line"] else _("fichier")
    value = f" [{problem['value']}]" if problem["value"] else ""
    return f"{place}{value} : {problem['reason']} {problem['remedy']}"


def _refusal(path: Path, left: list[Path]) -> str:
    sentence = _("%(file)s est refusé : rien n’a été changé.") % {"file": path.name}
    if left:
        sentence += " " + _("Fichiers non lus : %(files)s.") % {
            "files": ", ".join(file.name for file in left)
        }
    return sentence


def _year(text: str) -> int:
    # The official history of communes begins in 1943.
    if not text.isdecimal() or not 1943 <= int(text) <= 2100:
        raise ArgumentTypeError(_("donnez une année, par exemple 2026"))
    return int(text)
