"""The address of one's own choice about messages."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [path("account/notifications", views.choice, name="choice")]
