"""Template tags for the GOV.UK and MOJ components, built in to every template."""

from django import template

register = template.Library()
