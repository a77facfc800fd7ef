"""The addresses of documents that one asked for oneself."""

from django.urls import path

from documents import views

urlpatterns = [
    path("documents/<veiled:pk>/progress", views.progress, name="document_progress"),
    path("documents/<veiled:pk>/retry", views.retry, name="document_retry"),
    path("documents/<veiled:pk>/file", views.file, name="document_file"),
]
