"""The Celery application: worker and beat are two processes, never `worker -B`."""

import os
from typing import Any

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercomplaints.settings")

app = Celery("supercomplaints")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def send(task: str, arguments: tuple[Any, ...]) -> None:
    """Put a task on the queue, once and without waiting: the minute tick finds it otherwise."""
    app.send_task(task, args=arguments, retry=False, ignore_result=True)
