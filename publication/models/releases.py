"""Releases: what was sealed, in which files, approved by whom and for which instant."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Membership
from complaints.models import Complaint
from publication.models.of_case import OfCase
from publication.models.reports import Report
from publication.querysets import ReleaseQuerySet
from publication.states import EDITIONS, PUBLIC_AUDIENCE, ReleaseKind

HEX_SHA256 = r"^[0-9a-f]{64}$"
LONDON = "Europe/London"


def approvals_needed_for(kind: str, *, imported: bool) -> int:
    """How many people approve a release of a kind.

    Two; a response, whose addressee has approved its text already, needs one more person. What
    others published long ago needs nobody's approval now.
    """
    if imported:
        return 0
    return 1 if kind == ReleaseKind.RESPONSE else 2


class Release(OfCase, models.Model):
    """One thing made for the public, frozen at its seal; whether it is public, the views say.

    Whether it is public is never stored: `release_standing` reads it afresh at each request.
    After its seal, triggers let nothing change but its instant, and after its latch not that.
    """

    kind = models.CharField(max_length=12, choices=ReleaseKind)
    complaint = models.ForeignKey(
        Complaint,
        on_delete=models.PROTECT,
        to_field="key",
        db_column="case_key",
        related_name="+",
    )
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="releases"
    )
    reference = models.CharField(max_length=20)
    slug = models.SlugField(max_length=100)
    edition_number = models.PositiveSmallIntegerField(default=1)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    title = models.CharField(max_length=250)
    payload = models.JSONField(default=dict)
    root_sha256 = models.CharField(max_length=64, blank=True)
    wrapped_key = models.BinaryField(default=bytes, blank=True, editable=False)
    last_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approvals_needed = models.PositiveSmallIntegerField(default=2, editable=False)
    imported = models.BooleanField(default=False, editable=False)
    # Why it was chosen to be published, where no law asks for it; never public.
    chosen_because = models.TextField(blank=True, editable=False)
    sealed_at = models.DateTimeField(null=True, blank=True)
    unsealed_at = models.DateTimeField(null=True, blank=True)
    # The instant, and what was typed to name it.
    release_at = models.DateTimeField(null=True, blank=True)
    wall_time = models.CharField(max_length=40, blank=True)
    zone = models.CharField(max_length=40, default=LONDON)
    latched_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "kind", "edition_number"]
        indexes = [
            models.Index(fields=["-release_at", "id"], name="releases_by_instant"),
            models.Index(fields=["reference"], name="releases_by_reference"),
            models.Index(fields=["slug"], name="releases_by_slug"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "edition_number"],
                condition=Q(kind__in=sorted(EDITIONS), unsealed_at=None),
                name="one_edition_at_each_number_of_an_address",
            ),
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=Q(unsealed_at=None) & ~Q(kind__in=sorted(EDITIONS)),
                name="one_release_of_a_kind_at_an_address",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at=None) | Q(root_sha256__regex=HEX_SHA256),
                name="a_sealed_release_has_its_root_hash",
            ),
            models.CheckConstraint(
                condition=Q(imported=True, approvals_needed=0)
                | Q(imported=False, kind=ReleaseKind.RESPONSE, approvals_needed=1)
                | (Q(imported=False, approvals_needed=2) & ~Q(kind=ReleaseKind.RESPONSE)),
                name="a_release_needs_two_approvals",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReleaseKind.ANNOUNCEMENT)
                | Q(imported=True)
                | Q(payload__eligible=True)
                | ~Q(chosen_because=""),
                name="announcing_what_is_not_eligible_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(release_at=None) | ~Q(wall_time=""),
                name="an_instant_has_the_wall_time_that_was_typed",
            ),
            models.CheckConstraint(
                condition=Q(latched_at=None) | Q(latched_at__gte=F("release_at")),
                name="a_release_is_latched_after_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.reference}"

    @property
    def hour_is_known(self) -> bool:
        """Whether it has an instant, and not the day alone that is known of an imported case."""
        return self.release_at is not None and ":" in self.wall_time

    @property
    def is_sealed(self) -> bool:
        """Whether its content is frozen and its seal unbroken."""
        return self.sealed_at is not None and self.unsealed_at is None


class ReleaseFile(models.Model):
    """One file of a release's manifest; its bytes lie encrypted in the vault."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    path = models.CharField(max_length=120)
    storage_key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120)
    language = models.CharField(max_length=12)

    class Meta:
        ordering = ["release", "path"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "path"], name="one_file_at_each_path_of_a_release"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=HEX_SHA256), name="a_released_file_has_its_sha256"
            ),
        ]

    def __str__(self) -> str:
        return self.path


class ReleaseApproval(models.Model):
    """One person's approval of one seal for one instant; any change voids it."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    # The person, whichever of their memberships they acted as: two people are two persons.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    root_sha256 = models.CharField(max_length=64)
    release_at = models.DateTimeField()
    audience = models.CharField(max_length=20, default=PUBLIC_AUDIENCE)
    approved_at = models.DateTimeField(default=timezone.now)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["release", "approved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "person"],
                condition=Q(voided_at=None),
                name="one_standing_approval_of_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.release}"


class Sending(models.Model):
    """How the report is sent to the body, and when it was: an act of its own.

    Law: SI 2018/748 reg. 8(2), which does not say which comes first, sending or publishing.
    """

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="sending")
    way = models.CharField(max_length=200)
    planned_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(way=""), name="a_sending_says_how"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_by__isnull=False),
                name="what_was_sent_has_a_sender",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release} to the body by {self.way}"


class AfterWork(models.Model):
    """That what follows a release has been done: one row for each release, written once."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="after_work")
    done_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"After-work of {self.release}"
