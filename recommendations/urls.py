"""Addresses of the recommendations room: drafting, the case team's view, and the addressees'."""

from django.urls import path, register_converter

from recommendations.views import answers, drafting, responding

app_name = "recommendations"


class RecommendationMark:
    """R-05 in an address, its place 5 in a view."""

    regex = "R-[0-9]{2,4}"

    def to_python(self, value: str) -> int:
        """The place of a recommendation."""
        return int(value.removeprefix("R-"))

    def to_url(self, value: int) -> str:
        """The mark of a place."""
        return f"R-{value:02}"


register_converter(RecommendationMark, "recommendation_mark")

CASE = "casework/cases/<str:reference>/"

drafting_urls = [
    path(CASE + "recommendations", drafting.drafted, name="drafting"),
    path(
        CASE + "recommendations/draft",
        drafting.draft_recommendation,
        name="draft_recommendation",
    ),
    path(
        CASE + "recommendations/<recommendation_mark:number>/change",
        drafting.change_recommendation,
        name="change_recommendation",
    ),
    path(
        CASE + "recommendations/<recommendation_mark:number>/drop",
        drafting.drop_recommendation,
        name="drop_recommendation",
    ),
    path(CASE + "actions/<int:number>/drop", drafting.drop_action, name="drop_action"),
    path(CASE + "actions/draft", drafting.draft_action, name="draft_action"),
    path(CASE + "actions/<int:number>/change", drafting.change_action, name="change_action"),
]

responding_urls = [
    path("respond/", responding.respond, name="respond"),
    path("respond/<veiled:pk>", responding.obligation, name="obligation"),
    path("respond/<veiled:pk>/draft", responding.draft, name="draft"),
    path("respond/<veiled:pk>/check", responding.check, name="check"),
    path("respond/<veiled:pk>/approve", responding.approve, name="approve"),
    path("respond/<veiled:pk>/submit", responding.submit, name="submit"),
]

answers_urls = [
    path("casework/cases/<str:reference>/answers", answers.answers, name="answers"),
    path("casework/cases/<str:reference>/answers/<veiled:pk>", answers.answer, name="answer"),
]

urlpatterns = [*drafting_urls, *responding_urls, *answers_urls]
