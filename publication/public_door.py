"""The only door to the public: a transaction as the public's role, with the application's clock.

Public pages ask here and nowhere else. Whatever this file forgets, the role may not read.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.models import QuerySet

from documents import vault
from publication.clock import at_this_clock, found_at_this_clock
from publication.planned import Planned
from publication.public_models import (
    NextRelease,
    PublicAuthority,
    PublicFile,
    PublicProof,
    PublicRelease,
    RegisterRow,
)
from publication.states import EDITIONS, Asked, ReleaseKind, Standing

ALIAS = "public"


@contextmanager
def opened() -> Iterator[None]:
    """One look through the door: everything asked inside is seen at one clock of ours."""
    with at_this_clock(ALIAS):
        yield


def releases() -> "QuerySet[PublicRelease]":
    """Everything of which the public may know."""
    return PublicRelease.objects.using(ALIAS)


def register() -> "QuerySet[RegisterRow]":
    """One row for each case of which something is public, the newest first.

    The view is in that order; asked for here, it would cost the whole list for each page.
    """
    return RegisterRow.objects.using(ALIAS)


def authorities() -> list[PublicAuthority]:
    """The authorities of every scheme, each scheme's together and in its order."""
    return list(PublicAuthority.objects.using(ALIAS))


def edition_at(slug: str, *, edition_number: int | None = None) -> PublicRelease | None:
    """The report at an address: the latest edition, or the one that is asked for."""
    if edition_number is not None:
        return first_of(editions(slug).filter(edition_number=edition_number))
    return remembered(next(iter(LATEST_EDITION.answer(slug)), None))


def editions(slug: str) -> "QuerySet[PublicRelease]":
    """The editions of the report at an address, the latest first."""
    return releases().filter(slug=slug, kind__in=EDITIONS).order_by("-edition_number")


# What a crowd asks when an embargo ends.
LATEST_EDITION = Planned(lambda slug: editions(slug)[:1])
FILE_OF_A_RELEASE = Planned(
    lambda release, path: PublicFile.objects.using(ALIAS).filter(release_id=release, path=path)
)


def notice_at(slug: str) -> PublicRelease | None:
    """The press notice at an address: of its own, or sealed with the report of that address."""
    own = releases().filter(slug=slug, kind=ReleaseKind.NOTICE).order_by("id")
    return first_of(own) or edition_at(slug)


def of_case(reference: str) -> list[PublicRelease]:
    """All that is public of one case, the newest first."""
    rows = list(releases().filter(reference=reference).order_by("-public_from", "-id"))
    return [row for row in rows if remembered(row)]


def file_of(release: PublicRelease, path: str) -> PublicFile | None:
    """One file of an open release."""
    return next(iter(FILE_OF_A_RELEASE.answer(release.pk, path)), None)


def bytes_of(file: PublicFile) -> Iterable[bytes]:
    """The bytes as they were sealed, piece by piece. Raises: VaultError when they are not."""
    return vault.read_sealed(vault.unwrap(file.wrapped_key), file.storage_key)


def seconds_to_keep_a_list() -> int:
    """For how long a list may be kept by a cache: a minute, and never past the next release."""
    return NextRelease.objects.using(ALIAS).get().seconds


def first_of(rows: "QuerySet[PublicRelease]") -> PublicRelease | None:
    """The first of the releases asked for, remembered, at this clock."""
    return remembered(next(iter(found_at_this_clock(rows[:1])), None))


def proof() -> PublicProof | None:
    """The head of the record that everybody may keep, or None before the first was listed."""
    return PublicProof.objects.using(ALIAS).first()


def remembered(release: PublicRelease | None) -> PublicRelease | None:
    """The release, latched at its first public read: a clock stepped back cannot hide it again."""
    if release and release.state == Standing.OPEN and not release.latched:
        with opened(), connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT latch(%s)", [release.pk])
    return release


def request_subscription(
    kind: Asked, *, address: str = "", reference: str = "", token: str = ""
) -> None:
    """Write down what somebody asks about mails; what is wrong is dropped without an answer."""
    asked = [kind.value, address, reference, token]
    with opened(), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT request_subscription(%s, %s, %s, %s)", asked)
