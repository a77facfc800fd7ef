"""What every template may know of the service itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.entrance import seconds_unasked


def service(request: HttpRequest) -> dict[str, Any]:
    """The service's name, whether it shows demo data, who acts, and how long at least."""
    return {
        "service_name": settings.SERVICE_NAME,
        "demo": settings.DEMO,
        "membership": getattr(request, "membership", None),
        "session_unasked": seconds_unasked(),
    }
