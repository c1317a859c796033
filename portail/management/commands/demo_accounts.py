import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comptes.models import User
from portail.demo.accounts import DEMO_ACCOUNTS, NEIGHBOURS, PASSWORD


class Command(BaseCommand):
    help = "Affiche les comptes de démonstration et ce qu’ils ouvrent."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Cette installation n’est pas une démonstration (réglage DEMO).")
        accounts = [*DEMO_ACCOUNTS, *NEIGHBOURS.values()]
        emails = [account.email for account in accounts]
        present = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
        port = os.environ.get("PORT", "8000")
        self.stdout.write(f"Comptes de démonstration, mot de passe « {PASSWORD} » :")
        for account in accounts:
            if account.email in present:
                site = f"http://{account.host}:{port}"
                self.stdout.write(f"  {account.email:<28} {account.role:<22} {site}{account.opens}")
