"""The Celery application: one queue, a static schedule, tasks that survive a killed worker."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
# The migrations that come before have checked everything; a worker would load the whole admin,
# which it never serves, to do it again.
os.environ.setdefault("CELERY_SKIP_CHECKS", "yes")

app = Celery("solos", task_cls="config.broker:PromptTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
