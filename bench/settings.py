"""The service's settings, with one address more: the empty page that all others are compared to."""

from supercomplaints.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
