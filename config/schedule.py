"""What runs by itself, and when: each task may run twice or late, and does no harm."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver the outbox": {
        "task": "courrier.tasks.deliver_outbox",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    "forget what was spent": {
        "task": "jetons.tasks.forget_outlived",
        "schedule": timedelta(hours=6),
    },
    "send the digests": {
        "task": "courrier.tasks.send_digests",
        # Idempotent: each line has its morning, the later runs catch up a missed one.
        "schedule": crontab(minute="0", hour="7-23"),
    },
    "prepare what pictures are left": {
        "task": "images.tasks.sweep_pictures",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    "load the departments that a territory waits for": {
        "task": "territoires.tasks.load_awaited",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "take the day's snapshots": {
        "task": "observatoire.tasks.take_snapshots",
        # Every hour and idempotent: a night without the scheduler is caught up in the morning.
        "schedule": timedelta(hours=1),
    },
    "ask silent solos to read their profile again": {
        "task": "solos.tasks.chase_silent",
        # A step a run: once a day, at an hour when a mail is read.
        "schedule": crontab(minute="10", hour="9"),
    },
    "look for the doubles of what changed": {
        "task": "solos.tasks.look_for_doubles",
        "schedule": crontab(minute="40", hour="4"),
    },
    "give back the places asked for in vain": {
        "task": "telecentres.tasks.expire_requests",
        # What is held for a visitor without account is held by the minute.
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "offer what came free to whoever waits": {
        "task": "telecentres.tasks.serve_lines",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    "remind of what is booked for tomorrow": {
        "task": "telecentres.tasks.send_reminders",
        "schedule": timedelta(minutes=15),
        "options": {"expires": 900},
    },
    "give back the spaces that nobody came to": {
        "task": "telecentres.tasks.release_unclaimed",
        # A space waits by the minute.
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "forget what was written to solos after a year": {
        "task": "solos.tasks.forget_messages",
        "schedule": timedelta(days=1),
    },
    "mail what is new to the saved searches": {
        "task": "solos.tasks.send_alerts",
        # Once a day, at an hour when a mail is read; each alert has its own week.
        "schedule": crontab(minute="40", hour="8"),
    },
    "forget the alerts that are over": {
        "task": "solos.tasks.forget_alerts",
        "schedule": timedelta(days=1),
    },
    "forget the searches of long ago, and the rare ones": {
        "task": "solos.tasks.forget_searches",
        "schedule": timedelta(days=1),
    },
    "forget the journal after a year": {
        "task": "registre.tasks.purge_journal",
        "schedule": timedelta(days=1),
    },
}
