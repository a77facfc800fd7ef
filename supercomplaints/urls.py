"""Every address of the service, room by room."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

# The public's addresses come first: they are asked most, and each before them costs a search.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("publication.public_urls")),
    path("", include("desk.urls")),
    path("", include("notifications.urls")),
    path("", include("recommendations.urls")),
    path("", include("deadlines.urls")),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("documents.urls")),
    path("", include("publication.urls")),
    path("", include("complaints.urls")),
    path("", include("investigations.urls")),
]

handler400 = "supercomplaints.refusals.unreadable"
handler404 = "supercomplaints.refusals.unknown"
handler500 = "supercomplaints.refusals.failed"
