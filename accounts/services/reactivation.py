"""Letting back in who was shut out: a link to a new password goes by mail, and all else stands."""

import logging
from collections.abc import Callable
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from accounts.errors import ActRefusedError
from accounts.events import AccountEvent
from accounts.models import Membership, User
from accounts.services.people import check_administers, check_reason
from audit.events import record

log = logging.getLogger(__name__)


@transaction.atomic
def reactivate(person: User, *, reason: str, by: Membership) -> User:
    """Let a person in again, who sets a new password by a mailed link.

    The old password is gone, and with it every session that was open when they were shut out.
    Their second factor stays: to remove it takes two administrators. Their memberships stand.

    Records: person:reactivated. Raises: PermissionDenied; ActRefusedError for somebody who is
    not shut out, without a reason, and where the link was not mailed.
    """
    check_administers(by)
    check_reason(reason)
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise ActRefusedError(f"{person}’s account is active already.")
    person.is_active, person.deactivated_at = True, None
    person.set_unusable_password()
    person.save(update_fields=["is_active", "deactivated_at", "password"])
    record(
        AccountEvent.PERSON_REACTIVATED,
        subject=person,
        by=by,
        private={"person": person.name, "reason": reason},
    )
    transaction.on_commit(_mailing(person))
    return person


def _mailing(person: User) -> Callable[[], None]:
    """What mails the link to a new password once it is committed."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    context = {
        "person": person,
        "link": f"{settings.BASE_URL}/sign-in/forgotten/{key}",
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
        "service": settings.SERVICE_NAME,
    }
    subject = render_to_string("emails/person_reactivated-subject.txt", context).strip()
    body = render_to_string("emails/person_reactivated-body.txt", context)

    def mail() -> None:
        try:
            send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email])
        except (OSError, ValueError) as failure:
            log.warning("A link to a new password was not mailed: %s", type(failure).__name__)
            raise ActRefusedError(
                f"{person}’s account is active again, but the link to a new password could not be "
                "mailed. Ask them to select “I have forgotten my password” where they sign in."
            ) from failure

    return mail
