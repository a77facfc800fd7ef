"""The addresses of messages."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("account/notifications", views.choice, name="choice"),
    path("administration/mail", views.unsent, name="unsent"),
]
