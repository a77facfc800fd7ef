"""Whether and since when a case is published: derived from the predicate, stored nowhere."""

from collections.abc import Iterable
from datetime import datetime

from publication.clock import found_at_this_clock
from publication.models import Release, ReleaseStanding
from publication.states import EDITIONS, ReleaseKind, Standing


def released_at(complaint_key: str) -> datetime | None:
    """The instant from which the report of a case is public, or None while it is not."""
    return released_at_of([complaint_key]).get(complaint_key)


def released_at_of(complaint_keys: Iterable[str]) -> dict[str, datetime]:
    """For each case whose report is public, the instant since when; one query for a list."""
    keys = list(complaint_keys)
    editions = ReleaseStanding.objects.filter(
        case_key__in=keys, state=Standing.OPEN, kind__in=EDITIONS
    )
    found = found_at_this_clock(editions.order_by("-public_from"))
    history = Release.objects.filter(
        complaint_id__in=keys,
        imported=True,
        kind=ReleaseKind.ANNOUNCEMENT,
        payload__stage="Report published",
    )
    told = list(history.values_list("complaint_id", "release_at"))
    told += [(one.case_key, one.public_from) for one in found]
    return {key: at for key, at in told if at is not None}
