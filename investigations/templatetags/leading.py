"""Who leads cases, on the pages by which an administrator takes people away."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Count

from accounts.models import Membership
from investigations.models import Investigation

register = template.Library()


@register.inclusion_tag("investigations/cases_led.html")
def cases_led_by(losing: Iterable[Membership]) -> dict[str, Any]:
    """How many cases would lose their lead, for each authority that leads them.

    Which cases these are is not said: an administrator sees nothing of cases.
    """
    led = Investigation.objects.led().filter(lead__in=[one.pk for one in losing])
    at = "lead_authority__short_name"
    counted = led.values_list(at).annotate(cases=Count("pk")).order_by(at)
    return {"warnings": [_warning(authority, cases) for authority, cases in counted]}


def _warning(authority: str, cases: int) -> str:
    """That cases lose their lead, and who can see to it."""
    led = "1 case" if cases == 1 else f"{cases} cases"
    return (
        f"This person leads {led} for {authority}. Ask a decision-maker there to name another "
        "lead first: until then, nobody leads that work."
    )
