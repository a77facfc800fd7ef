"""Addresses of the clocks."""

from django.urls import path

from deadlines import administration, views

app_name = "deadlines"
urlpatterns = [
    path("casework/deadlines", views.clock_list, name="list"),
    path("casework/deadlines/<int:pk>", views.working, name="working"),
    path("administration/holidays", administration.holidays, name="holidays"),
    path(
        "administration/holidays/<int:pk>/withdraw",
        administration.withdraw_holiday,
        name="withdraw_holiday",
    ),
    path("administration/holidays/year", administration.year, name="year"),
    path("administration/periods", administration.rules, name="rules"),
    path("administration/periods/<slug:regime>/<slug:code>", administration.rule, name="rule"),
]
