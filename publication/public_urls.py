"""The addresses of the public."""

from django.urls import path

from accounts.access import public
from publication import about, subscribe_views
from publication import public_views as views

app_name = "public"
urlpatterns = [
    path("", public(views.home), name="home"),
    path("super-complaints", public(views.register), name="register"),
    path("super-complaints/<str:reference>", public(views.complaint), name="complaint"),
    path("reports/<slug:slug>.pdf", public(views.report_pdf), name="report_pdf"),
    path("reports/<slug:slug>", public(views.report), name="report"),
    path("reports/<slug:slug>/editions/<int:edition_number>", public(views.report), name="edition"),
    path(
        "reports/<slug:slug>/editions/<int:edition_number>/files/<path:path>",
        public(views.report_file),
        name="edition_file",
    ),
    path("reports/<slug:slug>/files/<path:path>", public(views.report_file), name="report_file"),
    path("news/<slug:slug>", public(views.news), name="news"),
    *about.urls(),
    *subscribe_views.urls(),
]
