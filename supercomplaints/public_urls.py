"""The addresses of a process that serves the public pages alone."""

from django.urls import include, path

urlpatterns = [path("", include("publication.public_urls"))]

handler400 = "supercomplaints.refusals.unreadable"
handler404 = "supercomplaints.refusals.unknown"
handler500 = "supercomplaints.refusals.failed"
