"""Addresses of the desk."""

from django.urls import path

from desk import record_views, views

app_name = "desk"
urlpatterns = [
    path("home", views.home, name="home"),
    path("casework/", views.today, name="today"),
    path("casework/record", record_views.house, name="house_record"),
    path("casework/record.csv", record_views.house_csv, name="house_csv"),
    path("casework/record/verify", record_views.verify_house, name="verify_house"),
    path("casework/record/export", record_views.export_house, name="export_house"),
    path("casework/cases", views.cases, name="cases"),
    path("casework/cases/<str:reference>", views.overview, name="overview"),
    path("casework/cases/<str:reference>/timeline", views.timeline, name="timeline"),
    path("casework/cases/<str:reference>/record", record_views.record, name="record"),
    path("casework/cases/<str:reference>/record.csv", record_views.record_csv, name="record_csv"),
    path(
        "casework/cases/<str:reference>/record/verify",
        record_views.verify_record,
        name="verify_record",
    ),
    path(
        "casework/cases/<str:reference>/record/export",
        record_views.export_record,
        name="export_record",
    ),
]
