"""The law of a scheme on its pages."""

from django import template

from accounts.models import Regime
from complaints.law import Citation, cited

register = template.Library()


@register.filter
def law(place: str, regime: Regime) -> Citation:
    """How a scheme cites what the police scheme has at a place, such as reg. 8(1)."""
    return cited(place, regime)
