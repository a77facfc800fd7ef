"""The Celery application: worker and beat are two processes, never `worker -B`."""

import os
import time
from typing import Any

from celery import Celery
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercomplaints.settings")

app = Celery("supercomplaints")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


# One act may ring several bells: only the first of them waits for a queue that does not answer.
QUIET_FOR_S = 10.0
_quiet = {"until": 0.0}


def send(task: str, arguments: tuple[Any, ...]) -> None:
    """Put a task on the queue, once and without waiting: the minute tick finds it otherwise.

    After a bell that was not heard, none is rung for a few seconds.
    """
    if time.monotonic() < _quiet["until"]:
        return
    try:
        app.send_task(task, args=arguments, retry=False, ignore_result=True)
    except OperationalError:
        _quiet["until"] = time.monotonic() + QUIET_FOR_S
        raise
