"""The addresses of documents that one asked for oneself."""

from django.urls import path

from documents import views

urlpatterns = [
    path("documents/<int:pk>/progress", views.progress, name="document_progress"),
    path("documents/<int:pk>/retry", views.retry, name="document_retry"),
    path("documents/<int:pk>/file", views.file, name="document_file"),
]
