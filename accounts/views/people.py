"""People and what they may do: pages for administrators."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import acting, requires
from accounts.entrance import fresh_sign_in_required
from accounts.errors import ActRefusedError
from accounts.forms import sent
from accounts.forms.people import ChangeRolesForm, ConfirmForm, InviteForm, ReasonForm, WallForm
from accounts.models import Invitation, Membership, SecondFactorReset, User, Wall
from accounts.roles import Action, Role
from accounts.services import invitations, people, reactivation, walls
from accounts.services.teams import Case

ROWS_A_PAGE = 50


@requires(Action.PEOPLE_ADMINISTER)
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody with a membership, the invitations that wait, and the resets to confirm.

    With `?left` it lists who has left an organisation or is deactivated.
    """
    sought, left = request.GET.get("q", "").strip(), "left" in request.GET
    rows = members_named(sought, left=left)
    context = {
        "sought": sought,
        "left": left,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "query": request.GET,
        "invitations": Invitation.objects.usable(timezone.now()).select_related("organisation"),
        "resets": SecondFactorReset.objects.open().select_related(
            "user", "requested_by__user", "requested_by__organisation"
        ),
    }
    return render(request, "accounts/people.html", context)


def members_named(sought: str, *, left: bool = False) -> QuerySet[Membership]:
    """The standing memberships whose person, address or organisation holds these letters.

    Args: `left` asks for those that have ended or whose person is deactivated.
    """
    gone = Q(ended_at__isnull=False) | Q(user__is_active=False)
    named = Membership.objects.filter(gone if left else Q(ended_at=None)).filter(
        Q(user__name__icontains=sought)
        | Q(user__email__icontains=sought)
        | Q(organisation__name__icontains=sought)
    )
    return named.select_related("user", "organisation").order_by("user__name", "organisation")


@requires(Action.PEOPLE_ADMINISTER)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what they may do and where, and the ways to change it."""
    shown = get_object_or_404(User, pk=pk)
    context = {
        "person": shown,
        "memberships": shown.memberships.select_related("organisation").order_by("-began_at"),
        "reset": last_reset(shown),
        "walls": walls_with_references(request, shown),
        "own": shown.pk == acting(request).user_id,
    }
    return render(request, "accounts/person.html", context)


def last_reset(person: User) -> SecondFactorReset | None:
    """The last request for a new second factor, with who made it and who refused it."""
    resets = person.second_factor_resets.select_related(
        "requested_by__user", "requested_by__organisation", "refused_by__user"
    )
    return resets.select_related("refused_by__organisation").first()


@requires(Action.PEOPLE_ADMINISTER)
@fresh_sign_in_required
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a person by a mailed one-use link."""
    form = InviteForm(sent(request), initial=invited_again(request.GET.get("again", "")))
    if done(request, form, lambda: invitations.invite(**form.cleaned_data, by=acting(request))):
        messages.success(request, f"An invitation is on its way to {form.cleaned_data['email']}.")
        return redirect("people")
    return render(request, "accounts/invite.html", {"form": form})


def invited_again(number: str) -> dict[str, Any]:
    """What an invitation says that brings somebody back whose membership has ended."""
    ended = Membership.objects.filter(ended_at__isnull=False).select_related("user")
    gone = ended.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if gone is None:
        return {}
    whom = {"name": gone.user.name, "email": gone.user.email}
    return {**whom, "organisation": gone.organisation_id, "roles": gone.roles}


@requires(Action.PEOPLE_ADMINISTER)
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an invitation's link worthless."""
    invited = get_object_or_404(Invitation, pk=pk)
    title = f"Withdraw the invitation to {invited.name}?"
    return confirmed(
        request,
        ConfirmForm(sent(request)),
        lambda _: invitations.withdraw_invitation(invited, by=acting(request)),
        title=title,
        told=f"The invitation to {invited.name} is withdrawn. Its link no longer works.",
    )


@requires(Action.PEOPLE_ADMINISTER)
@fresh_sign_in_required
def change_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a membership other roles."""
    member = get_object_or_404(Membership, pk=pk, ended_at=None)
    stands, at = roles_as_they_stand(member), member.organisation
    form = ChangeRolesForm(sent(request), initial=stands, organisation=at)
    if form.is_bound and form.is_valid() and form.was_overtaken(member.roles):
        return roles_of_two(request, member, form.cleaned_data["roles"])
    return confirmed(
        request,
        form,
        lambda given: people.change_roles(member, **given, by=acting(request)),
        title=f"What does {member.user.name} do at {member.organisation}?",
        told=f"The roles of {member.user.name} are changed, from their next request.",
        person=member.user,
        losing=[member],
    )


def roles_of_two(request: HttpRequest, member: Membership, chosen: list[Role]) -> HttpResponse:
    """What another administrator chose meanwhile beside one's own choice; nothing is lost."""
    stands = {**roles_as_they_stand(member), "roles": chosen}
    words = {"theirs": people.in_words(member.roles), "yours": people.in_words(chosen)}
    context = {
        "form": ChangeRolesForm(initial=stands, organisation=member.organisation),
        "differences": [{"label": f"What {member.user.name} does", **words}],
        "layout": "layouts/casework.html",
    }
    return render(request, "drafting/conflict.html", context, status=409)


def roles_as_they_stand(member: Membership) -> dict[str, Any]:
    """A form's start: the roles, and what they were when it was opened."""
    return {"roles": member.roles, "before": ",".join(sorted(member.roles))}


@requires(Action.PEOPLE_ADMINISTER)
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """End what a person does at an organisation."""
    member = get_object_or_404(Membership, pk=pk, ended_at=None)
    return confirmed(
        request,
        ConfirmForm(sent(request)),
        lambda _: people.end_membership(member, by=acting(request)),
        title=f"End {member.user.name}’s membership of {member.organisation}?",
        told=f"{member.user.name}’s membership of {member.organisation} has ended.",
        person=member.user,
        losing=[member],
    )


@requires(Action.PEOPLE_ADMINISTER)
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut a person out, from their next request."""
    shown = get_object_or_404(User, pk=pk)
    return confirmed(
        request,
        ReasonForm(sent(request)),
        lambda given: people.deactivate(shown, **given, by=acting(request)),
        title=f"Deactivate {shown.name}’s account?",
        told=f"{shown.name}’s account is deactivated. Every session has ended.",
        person=shown,
        losing=shown.memberships.all(),
    )


@requires(Action.PEOPLE_ADMINISTER)
@fresh_sign_in_required
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person in again who was shut out."""
    shown = get_object_or_404(User, pk=pk)
    return confirmed(
        request,
        ReasonForm(sent(request)),
        lambda given: reactivation.reactivate(shown, **given, by=acting(request)),
        title=f"Reactivate {shown.name}’s account?",
        told=f"{shown.name}’s account is active again. A link to a new password is on its way.",
        person=shown,
    )


@requires(Action.PEOPLE_ADMINISTER)
@fresh_sign_in_required
def request_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a lost second factor to be removed."""
    shown = get_object_or_404(User, pk=pk)
    return confirmed(
        request,
        ReasonForm(sent(request)),
        lambda given: people.request_second_factor_reset(shown, **given, by=acting(request)),
        title=f"Request a new second factor for {shown.name}?",
        told="The request is recorded. A second administrator must confirm it.",
        person=shown,
    )


@requires(Action.PEOPLE_ADMINISTER)
@fresh_sign_in_required
def confirm_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a lost second factor, as the second administrator."""
    reset = get_object_or_404(SecondFactorReset, pk=pk)
    return confirmed(
        request,
        ConfirmForm(sent(request)),
        lambda _: people.confirm_second_factor_reset(reset, by=acting(request)),
        title=f"Remove {reset.user.name}’s second factor?",
        told=f"{reset.user.name} sets up a new second factor at the next sign-in.",
        person=reset.user,
        reason=reset.reason,
    )


@requires(Action.PEOPLE_ADMINISTER)
@fresh_sign_in_required
def refuse_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a second factor as it is, as the second administrator."""
    reset = get_object_or_404(SecondFactorReset, pk=pk)
    return confirmed(
        request,
        ReasonForm(sent(request)),
        lambda given: people.refuse_second_factor_reset(reset, **given, by=acting(request)),
        title=f"Refuse a new second factor for {reset.user.name}?",
        told=f"The request is refused. {reset.user.name}’s second factor stays as it is.",
        person=reset.user,
        reason=reset.reason,
    )


@requires(Action.WALL_RAISE)
@fresh_sign_in_required
def raise_wall(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut a person off from a case in which they have a conflict of interest."""
    shown = get_object_or_404(User, pk=pk)

    def raised(given: dict[str, str]) -> object:
        case = case_of(request, reference=given["reference"].strip().upper())
        return walls.raise_wall(case, person=shown, reason=given["reason"], by=acting(request))

    title = f"Shut {shown.name} off from a case"
    told = f"{shown.name} sees nothing of that case any more."
    form = WallForm(sent(request))
    return confirmed(request, form, raised, title=title, told=told, person=shown)


@requires(Action.WALL_RAISE)
@fresh_sign_in_required
def lift_wall(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a case to a person again."""
    wall = get_object_or_404(Wall, pk=pk, lifted_at=None)

    def lifted(given: dict[str, str]) -> object:
        case = case_of(request, key=wall.case_key)
        return walls.lift_wall(case, person=wall.user, **given, by=acting(request))

    known = dict(walls_with_references(request, wall.user))
    title = f"Lift the wall between {wall.user.name} and {known.get(wall) or 'this case'}?"
    form = ReasonForm(sent(request))
    told = f"{wall.user.name} may open that case again where their roles allow it."
    return confirmed(request, form, lifted, title=title, told=told, person=wall.user)


def walls_with_references(request: HttpRequest, person: User) -> list[tuple[Wall, str]]:
    """The standing walls of a person, each with the reference of its case.

    Of a case that is walled off from this administrator there is none.
    """
    standing = list(Wall.objects.filter(user=person, lifted_at=None))
    cases = apps.get_model(settings.CASE_MODEL)._default_manager
    known = cases.for_action(acting(request), Action.WALL_RAISE)
    keys = [wall.case_key for wall in standing]
    references = dict(known.filter(key__in=keys).values_list("key", "reference"))
    return [(wall, references.get(wall.case_key) or "") for wall in standing]


def case_of(request: HttpRequest, **lookup: str) -> Case:
    """The case that a wall is about; an administrator sees nothing of it but its reference.

    Raises: ActRefusedError when there is none, as for one walled off from this administrator.
    """
    cases = apps.get_model(settings.CASE_MODEL)._default_manager
    found = cases.for_action(acting(request), Action.WALL_RAISE).filter(**lookup).first()
    if found is None:
        raise ActRefusedError("There is no case with this reference. Check it and try again.")
    case: Case = found
    return case


def confirmed(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    told: str,
    person: User | None = None,
    reason: str = "",
    losing: Iterable[Membership] = (),
) -> HttpResponse:
    """A page that asks once more, and what it says when the answer was yes and it is done.

    Args: `losing` are the memberships that may end or lose a role: of a last approver, and of
    whoever leads a case, it warns.
    """
    if done(request, form, lambda: act(form.cleaned_data)):
        messages.success(request, told)
        return redirect("person", pk=person.pk) if person else redirect("people")
    context = {
        "form": form,
        "title": title,
        "person": person,
        "reason": reason,
        "losing": losing,
        "without_approver": people.left_without_approver(losing),
    }
    return render(request, "accounts/confirm.html", context)


def done(request: HttpRequest, form: Form, act: Callable[[], object]) -> bool:
    """Whether a sent form was right and its act was not refused; a refusal is shown as an error."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except ActRefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
