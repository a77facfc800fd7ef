"""What every template may know of the service itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def service(request: HttpRequest) -> dict[str, Any]:
    """The service's name, whether it shows demo data, and who acts."""
    return {
        "service_name": settings.SERVICE_NAME,
        "demo": settings.DEMO,
        "membership": getattr(request, "membership", None),
    }
