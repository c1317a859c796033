"""A worker of the outbox as a process of its own: started, and killed, by the drill.

python -m tests.courrier.drill_worker DATABASE SMTP_PORT
"""

import os
import sys
import time

import django


def main(database: str, port: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    django.setup()

    from django.conf import settings
    from django.db import connections

    connections["default"].settings_dict["NAME"] = database
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 30

    from courrier.domain.delivery import deliver_due_mails

    print("ready", flush=True)  # noqa: T201  (the drill reads it)
    while True:
        deliver_due_mails(seconds=5)
        time.sleep(0.05)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
