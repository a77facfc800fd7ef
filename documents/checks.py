"""System checks of the documents room: in production files need a key and a real scanner."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def production_seals_and_scans(**_given: Any) -> list[CheckMessage]:
    """Refuse a production without FILES_KEY or without a scanner with real signatures."""
    if not settings.PRODUCTION:
        return []
    found: list[CheckMessage] = []
    if not settings.FILES_KEY:
        hint = "Set FILES_KEY to a long random text, and keep it apart from the backups of files."
        found.append(Error("FILES_KEY is not set.", hint=hint, id="documents.E001"))
    if not settings.CLAMD_SOCKET or settings.CLAMD_TEST_SIGNATURES_ONLY:
        hint = "Set CLAMD_SOCKET to a clamd with current signatures; until then no file opens."
        found.append(Error("There is no real virus scanner.", hint=hint, id="documents.E002"))
    return found
