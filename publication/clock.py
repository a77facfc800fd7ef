"""The application's clock, handed to the database for one transaction.

The views compare an instant with two clocks, the database's and this one; without this one they
answer “closed”.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone


@contextmanager
def at_this_clock(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction in which the public views know what time the application thinks it is."""
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT set_config('app.clock', %s, true)", [timezone.now().isoformat()])
        yield
