"""Addresses of the desk."""

from django.urls import path

from desk import views

app_name = "desk"
urlpatterns = [
    path("home", views.home, name="home"),
    path("casework/", views.today, name="today"),
    path("casework/cases", views.cases, name="cases"),
    path("casework/cases/<str:reference>", views.overview, name="overview"),
]
