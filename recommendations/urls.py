"""Addresses of the recommendations room: drafting, the case team's view, and the addressees'."""

from django.urls import path

from recommendations.views import answers, responding

app_name = "recommendations"

responding_urls = [
    path("respond/", responding.respond, name="respond"),
    path("respond/<int:pk>", responding.obligation, name="obligation"),
    path("respond/<int:pk>/draft", responding.draft, name="draft"),
    path("respond/<int:pk>/check", responding.check, name="check"),
    path("respond/<int:pk>/approve", responding.approve, name="approve"),
    path("respond/<int:pk>/submit", responding.submit, name="submit"),
]

answers_urls = [
    path("casework/cases/<str:reference>/answers", answers.answers, name="answers"),
    path("casework/cases/<str:reference>/answers/<int:pk>", answers.answer, name="answer"),
]

urlpatterns = [*responding_urls, *answers_urls]
