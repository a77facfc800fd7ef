"""Where sessions lie: Django's own table, with the question of every request put together once."""

from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.statements import Statement, given


class SessionStore(db.SessionStore):
    """Django's sessions in the database; only the reading of one is ours."""

    def _get_session_from_db(self) -> Session | None:
        found = _kept().found(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None  # What is no session's key is used for no new one.
            return None
        return found[0]


@cache
def _kept() -> Statement[Session]:
    standing = Session.objects.filter(session_key=given("key"), expire_date__gt=given("now"))
    return Statement(standing)
