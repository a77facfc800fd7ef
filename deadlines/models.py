"""Holidays, settings and deadlines: rows from which every due date is worked out again."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership
from deadlines.querysets import BankHolidayQuerySet, DeadlineQuerySet
from deadlines.states import DeadlineState

SOON_DAYS = 3


class BankHoliday(models.Model):
    """A non-working weekday of England and Wales, with its source. Law: SI 2018/748 reg. 2(1).

    One that was entered by mistake is withdrawn: its row stays, and no day is left out for it.
    """

    day = models.DateField()
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=250)
    added_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(withdrawn_at=None),
                name="one_bank_holiday_stands_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="a_bank_holiday_is_withdrawn_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_bank_holiday_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d %B %Y}: {self.name}"


class HolidayYear(models.Model):
    """A year whose list of holidays is complete as far as is known; others are never guessed."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=250)
    added_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class RuleSetting(models.Model):
    """The length of a rule that the law was not read for, from a day on, with the reason."""

    rule_code = models.CharField(max_length=40)
    regime = models.CharField(max_length=20)
    length = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["rule_code", "regime", "-effective_from", "-set_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_rule_setting_needs_a_reason"),
            models.CheckConstraint(condition=Q(length__gt=0), name="a_period_has_a_length"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_code}: {self.length} from {self.effective_from}"


class Deadline(models.Model):
    """One clock of one case: what started it, when it is due, and what met it.

    A statutory clock has no pause. Its due date is worked out from `starts_on` and the rule, and
    worked out again when the holidays change; what moved is kept as `DeadlineMove`.
    """

    case_key = models.CharField(max_length=20)
    case_reference = models.CharField(max_length=20)
    rule_code = models.CharField(max_length=40)
    regime = models.CharField(max_length=20)
    subject = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    law = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=20, default="statutory")
    condition = models.CharField(max_length=300, blank=True)
    # The first clock of the rule for its subject, the second after that was met, and so on.
    number = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    length = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=16, choices=DeadlineState, default=DeadlineState.OPEN, editable=False
    )
    # The days as they were last worked out; a holiday added after the clock stopped is not in them.
    working = models.JSONField(null=True, blank=True, editable=False)
    not_computable_because = models.CharField(max_length=200, blank=True)
    met_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["case_key", "due_on"]),
            models.Index(fields=["state", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_code", "subject", "number"], name="one_clock_at_each_number"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeadlineState.NOT_COMPUTABLE)
                | (Q(due_on__isnull=True) & ~Q(not_computable_because="")),
                name="what_is_not_computable_says_why_and_has_no_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeadlineState.MET) | Q(met_on__isnull=False),
                name="a_met_deadline_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.case_reference}"

    @property
    def chain(self) -> str:
        """The chain of the case in the record."""
        return self.case_key

    def is_overdue(self, on: date) -> bool:
        """Whether the last day has passed unmet, seen from a day."""
        return self.state == DeadlineState.OPEN and self.due_on is not None and self.due_on < on

    def day_number(self, on: date) -> int:
        """How many days of its period have come by a day, that day with them; 0 before the first.

        ISO dates sort as the days do, so the stored working is read as it stands.
        """
        counted = (self.working or {}).get("counted", [])
        return sum(day <= on.isoformat() for day in counted)

    @property
    def days_late(self) -> int:
        """By how many calendar days it was met too late; 0 when it was met in time."""
        if self.met_on is None or self.due_on is None:
            return 0
        return max((self.met_on - self.due_on).days, 0)

    def tag(self, on: date) -> str:
        """The key of its status tag, seen from a day; empty while there is nothing to say."""
        if self.state == DeadlineState.MET:
            return "met_late" if self.days_late else "met"
        if self.state == DeadlineState.NOT_COMPUTABLE:
            return "not_computable"
        if self.state == DeadlineState.ENDED or self.due_on is None:
            return ""
        return nearness((self.due_on - on).days)


def nearness(days_left: int) -> str:
    """How near a due date is, as the key of a tag; empty while it is not near."""
    if days_left < 0:
        return "overdue"
    if days_left == 0:
        return "due_today"
    return "due_soon" if days_left <= SOON_DAYS else ""


class DeadlineMove(models.Model):
    """That a due date moved: from when to when, and why. Written once."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="moves")
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["deadline", "moved_at"]

    def __str__(self) -> str:
        return f"{self.due_before} to {self.due_after}"
