"""Changing the length of a period that the law was not read for."""

from datetime import date

from django.db import transaction

from accounts.models import Membership
from audit.events import record
from deadlines.events import DeadlineEvent
from deadlines.models import RuleSetting
from deadlines.rules import Rule
from workflow.errors import ActRefusedError


class LengthIsLawError(ActRefusedError):
    """The length of this period stands in the law and is not a setting."""


@transaction.atomic
def change_length(
    rule: Rule, *, length: int, effective_from: date, reason: str, by: Membership
) -> RuleSetting:
    """Set the length of an unconfirmed period for clocks that start from a day on.

    Clocks that run already keep the length they started with.
    Records: rule_setting:changed. Raises: LengthIsLawError.
    """
    if not rule.is_setting:
        raise LengthIsLawError(f"{rule.name}: {rule.law} says how long this period is.")
    setting = RuleSetting.objects.create(
        rule_code=rule.code,
        regime=rule.regime,
        length=length,
        effective_from=effective_from,
        reason=reason,
        by=by,
    )
    record(
        DeadlineEvent.RULE_SETTING_CHANGED,
        subject=setting,
        by=by,
        rule=rule.code,
        regime=rule.regime,
        length=length,
        effective_from=effective_from,
        reason=reason,
    )
    return setting
