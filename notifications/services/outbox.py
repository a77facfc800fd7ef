"""Writing messages to the outbox: each is owed once."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string

from accounts.models import Membership
from notifications.models import AtOnce, Message
from workflow.later import after_commit

NOTICE = "emails/notice-body.txt"


def owe(
    people: Iterable[Membership],
    *,
    key: str,
    case_key: str,
    reference: str,
    told: str,
    place: str,
    template: str = NOTICE,
    may_wait: bool = False,
) -> list[Message]:
    """Write one message for each person, unless it is owed already; send after the commit.

    What may wait waits for the day's one message, but for those who want each at once.
    """
    made = []
    people = list(people)
    waits = daily(people) if may_wait else set()
    for person in people:
        message, new = Message.objects.get_or_create(
            key=f"{key}:{person.pk}",
            defaults={
                "recipient": person,
                "address": person.user.email,
                "subject": subject_line(reference),
                "body": body_text(template, told=told, reference=reference, place=place),
                "case_key": case_key,
                "waits": person.pk in waits,
                "lines": line(told, reference=reference, place=place),
            },
        )
        if new:
            made.append(message)
        if new and not message.waits:
            after_commit("notifications.tasks.deliver", message.pk)
    return made


def owe_to_address(
    address: str, *, key: str, reference: str, body: str, stop_link: str = ""
) -> Message:
    """Write one message to somebody of the public, unless it is owed already."""
    message, new = Message.objects.get_or_create(
        key=key,
        defaults={
            "address": address,
            "subject": subject_line(reference),
            "body": body,
            "stop_link": stop_link,
        },
    )
    if new:
        after_commit("notifications.tasks.deliver", message.pk)
    return message


def daily(people: list[Membership]) -> set[int]:
    """Of some people those who have one message a day, by number."""
    at_once = AtOnce.objects.filter(recipient__in=people).values_list("recipient_id", flat=True)
    return {person.pk for person in people} - set(at_once)


def line(told: str, *, reference: str, place: str) -> str:
    """One message as a digest lists it: what happened in general words, and where to sign in."""
    link = settings.BASE_URL + place.format(reference=reference)
    return f"{reference}: {told}\n{link}" if reference else f"{told}\n{link}"


def subject_line(reference: str) -> str:
    """The reference alone, or the service's name where there is none yet."""
    return reference or settings.SERVICE_NAME


def body_text(
    template: str = NOTICE, *, told: str, reference: str, place: str, **more: object
) -> str:
    """The message: what happened in general words, and where to sign in."""
    facts = {
        **more,
        "told": told,
        "reference": reference,
        "link": settings.BASE_URL + place.format(reference=reference),
        "service_name": settings.SERVICE_NAME,
    }
    return render_to_string(template, facts)
