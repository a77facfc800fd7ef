"""One message a day of what may wait, for whoever does not want each at once."""

from collections.abc import Iterable
from datetime import datetime, time

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Membership, Wall
from clock.london import LONDON, london_today
from notifications.models import AtOnce, Message
from workflow.acts import act
from workflow.later import after_commit

# Every day, weekends with them, by London's clocks.
SENT_AT = time(8, 0)
DIGEST = "emails/digest-body.txt"


@act
def choose(recipient: Membership, *, daily: bool, by: Membership) -> None:
    """Have one message a day, or each at once; what waited till now is then sent at once.

    Raises: PermissionDenied for anybody else's choice.
    """
    if recipient != by:
        raise PermissionDenied(f"{by} may not choose for {recipient}.")
    if daily:
        AtOnce.objects.filter(recipient=recipient).delete()
        return
    AtOnce.objects.get_or_create(recipient=recipient)
    for message in waiting_for(recipient).select_for_update():
        message.waits = False
        message.save(update_fields=["waits"])
        after_commit("notifications.tasks.deliver", message.pk)


def is_daily(recipient: Membership) -> bool:
    """Whether a person has one message a day: so long as they have not chosen otherwise."""
    return not AtOnce.objects.filter(recipient=recipient).exists()


def waiting_for(recipient: Membership) -> QuerySet[Message]:
    """What waits for a person's next digest, the oldest first."""
    return Message.objects.filter(recipient=recipient, waits=True, digest=None)


def gather_all() -> int:
    """Owe each person the digest of what waited at eight o'clock; returns the digests made.

    Called each minute. A worker that was away at eight makes it when it comes back; what came
    after eight waits for the next day, so that there is one a day.
    """
    due = due_at()
    if timezone.now() < due:
        return 0
    waiting = Message.objects.filter(waits=True, digest=None, made_at__lt=due)
    people = Membership.objects.filter(pk__in=waiting.values("recipient"))
    open_to = people.filter(ended_at=None, user__is_active=True).select_related("user")
    return sum(gather(person, due) for person in open_to)


def due_at() -> datetime:
    """Today's eight o'clock in London."""
    return datetime.combine(london_today(), SENT_AT, tzinfo=LONDON)


@transaction.atomic
def gather(recipient: Membership, due: datetime) -> bool:
    """Make one person's digest of what waited at an instant, unless a wall stands before it."""
    waiting = waiting_for(recipient).filter(made_at__lt=due).exclude(case_key__in=walled(recipient))
    messages = list(waiting.select_for_update())
    if not messages:
        return False
    digest, _is_new = Message.objects.get_or_create(
        key=f"digest:{due:%Y-%m-%d}:{recipient.pk}",
        defaults={
            "recipient": recipient,
            "address": recipient.user.email,
            "subject": settings.SERVICE_NAME,
            "body": body_of(messages),
        },
    )
    Message.objects.filter(pk__in=[each.pk for each in messages]).update(digest=digest)
    after_commit("notifications.tasks.deliver", digest.pk)
    return True


def walled(recipient: Membership) -> Iterable[str]:
    """The cases before which a wall stands for a person; they hear nothing of them."""
    standing = Wall.objects.filter(user=recipient.user_id, lifted_at=None)
    return standing.values_list("case_key", flat=True)


def body_of(messages: list[Message]) -> str:
    """The text of a digest."""
    facts = {
        "told": [each.lines for each in messages],
        "choice": settings.BASE_URL + "/account/notifications",
        "service_name": settings.SERVICE_NAME,
    }
    return render_to_string(DIGEST, facts)
