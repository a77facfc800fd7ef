"""What follows a release, exactly once, and found from the tables: it is never what publishes."""

from django.db import connection, transaction

from audit import chain
from audit.events import record
from publication.clock import at_this_clock
from publication.events import PublicationEvent as Event
from publication.models import AfterWork, Release, ReleaseStanding
from publication.states import EDITIONS, Standing
from recommendations.services.correcting import put_in_force
from recommendations.services.issuing import issue


def due() -> list[int]:
    """The releases that are public and of which the after-work is not done."""
    with at_this_clock():
        done = AfterWork.objects.values("release_id")
        found = ReleaseStanding.objects.filter(state=Standing.OPEN).exclude(release_id__in=done)
        imported = Release.objects.filter(imported=True).values("pk")
        return list(found.exclude(release_id__in=imported).values_list("release_id", flat=True))


@transaction.atomic
def follow_up(release_id: int) -> bool:
    """Latch, announce and issue what one public release carries; a second call does nothing.

    Periods that begin with publication count from its London day, however late this runs.
    Records: release:released, once.
    """
    release = Release.objects.select_related("complaint").get(pk=release_id)
    chain.lock(release.chain)
    with at_this_clock(), connection.cursor() as cursor:
        standing = ReleaseStanding.objects.filter(release_id=release_id).get()
        if standing.state != Standing.OPEN or standing.released_on is None:
            return False
        cursor.execute("SELECT latch(%s)", [release_id])
    _work, is_new = AfterWork.objects.get_or_create(release=release)
    if not is_new:
        return False
    record(
        Event.RELEASED,
        subject=release,
        by=None,
        released_on=standing.released_on,
        root_sha256=release.root_sha256,
    )
    if release.kind in EDITIONS:
        issue(release.complaint, published_on=standing.released_on)
        put_in_force(release.complaint, edition=release.edition_number)
    return True
