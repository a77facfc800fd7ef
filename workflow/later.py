"""Work that follows a commit, named and not imported, so that services know no task queue."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

Sender = Callable[[str, tuple[Any, ...]], None]


def after_commit(task: str, *arguments: Any) -> None:
    """Ring the bell for a task once the act is committed.

    The bell may be lost (Redis is away): the minute tick finds the work again in its table, so
    a task is never the only trace of something to be done.
    """
    send: Sender = import_string(settings.TASK_SENDER)
    transaction.on_commit(lambda: send(task, arguments), robust=True)
