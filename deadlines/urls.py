"""Addresses of the clocks."""

from django.urls import path

from deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("casework/deadlines", views.clock_list, name="list"),
    path("casework/deadlines/<int:pk>", views.working, name="working"),
]
