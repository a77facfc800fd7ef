"""The addresses of a process that serves the public pages alone."""

from django.urls import include, path

urlpatterns = [path("", include("publication.public_urls"))]
