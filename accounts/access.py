"""The doors: which rows an action reaches, and what a page answers when it reaches none.

Order of asking: wall, matrix, grant. What may not be seen is 404; what may be seen but not done is
403.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce, wraps
from operator import or_
from typing import Any, ClassVar, Self, TypeVar

from allauth.core.exceptions import ReauthenticationRequired
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponseBase
from guardian.utils import get_group_obj_perms_model

from accounts.models import CaseTeam, Membership, Wall
from accounts.roles import FRESH_SIGN_IN_ACTIONS, MATRIX, Action, Role, Scope
from accounts.shown import signed_in_recently
from accounts.statements import given, statement

M = TypeVar("M", bound=models.Model)
View = Callable[..., HttpResponseBase]

# The permission that django-guardian grants to a case team's group.
WORK_ON_CASE = "work_on_complaint"


def scopes(membership: Membership | None, action: Action) -> set[Scope]:
    """The scopes that a membership's roles give it for an action, joined."""
    if membership is None or membership.ended_at or not membership.user.is_active:
        return set()
    given = {MATRIX[Role(role)].get(action, Scope.NONE) for role in membership.roles}
    return given - {Scope.NONE}


def reach(membership: Membership | None, actions: Iterable[Action]) -> set[Scope]:
    """The scopes that a membership has for any of some actions."""
    return {scope for action in actions for scope in scopes(membership, action)}


def assigned_case_keys(membership: Membership) -> models.QuerySet[CaseTeam, str]:
    """The keys of the cases on whose team this membership is, at its own organisation only.

    Both must stand: a place on the team, and the grant of the case to the team's group. Which
    model a case is, `settings.CASE_MODEL` says, as AUTH_USER_MODEL does of people.
    """
    case: Any = apps.get_model(settings.CASE_MODEL)
    grants = get_group_obj_perms_model(case)._default_manager.filter(
        group_id=OuterRef("group_id"),
        content_object__key=OuterRef("case_key"),
        permission__codename=WORK_ON_CASE,
    )
    teams = CaseTeam.objects.filter(
        Exists(grants), organisation_id=membership.organisation_id, group__user=membership.user_id
    )
    return teams.values_list("case_key", flat=True)


class ScopedQuerySet(models.QuerySet[M]):
    """Rows that belong to cases: each model says once what a scope means for it.

    Any one of `read_actions` makes a row visible; `case_key_path` leads from a row to its case's
    key, so that walls can be asked first.
    """

    read_actions: ClassVar[tuple[Action, ...]]
    case_key_path: ClassVar[str]

    def scope_q(self, scope: Scope, membership: Membership) -> Q | None:
        """What a scope means for these rows, or None where it means none of them."""
        raise NotImplementedError

    def for_action(self, membership: Membership | None, *actions: Action) -> Self:
        """The rows on which this membership may do any of these, by wall, matrix and grant."""
        if membership is None:
            return self.none()
        given = [self.scope_q(scope, membership) for scope in reach(membership, actions)]
        meanings = [meaning for meaning in given if meaning is not None]
        if not meanings:
            return self.none()
        rows = self.outside_walls(membership)
        if not all(meanings):  # An empty Q means every row, and swallows any narrower one.
            return rows
        return rows.filter(reduce(or_, meanings))

    def visible_to(self, membership: Membership | None) -> Self:
        """The rows that this membership may read."""
        return self.for_action(membership, *self.read_actions)

    def outside_walls(self, membership: Membership) -> Self:
        """All but the rows of cases from which a wall keeps this person."""
        walled = Wall.objects.filter(user_id=membership.user_id, lifted_at=None)
        return self.exclude(**{f"{self.case_key_path}__in": walled.values("case_key")})


def may(by: Membership, action: Action, thing: Any) -> bool:
    """Whether this membership may do this to this row, by wall, matrix and grant."""
    model: type[models.Model] = type(thing)
    return bool(statement(_numbers_open_to, by, model, action).found(pk=thing.pk))


def allowed(by: Membership, actions: Iterable[Action], thing: Any) -> set[Action]:
    """Those of some actions that this membership may do to this row.

    Actions of the same scopes reach the same rows, and are asked once.
    """
    alike: dict[frozenset[Scope], list[Action]] = {}
    for action in actions:
        alike.setdefault(frozenset(scopes(by, action)), []).append(action)
    asked = [some for scopes_, some in alike.items() if scopes_ and may(by, some[0], thing)]
    return {action for some in asked for action in some}


def _numbers_open_to(by: Membership, model: type[M], action: Action) -> models.QuerySet[M, Any]:
    """The query for the number of one row, if this may be done to it."""
    rows: Any = model._default_manager.all()
    open_to: models.QuerySet[M] = rows.for_action(by, action).filter(pk=given("pk"))
    return open_to.order_by().values_list("pk")


def requires(action: Action) -> Callable[[View], View]:
    """Let in those whose roles know this action at all; the row is asked by `find_for`.

    Nobody signed in goes to the sign-in page (the middleware does that); signed in without the
    action is 404, since such a page is not theirs to know of. What approves, releases or grants
    asks for the password or second factor again, unless it was given within minutes; a form that
    was sent too late is kept, and goes on after.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not scopes(membership_of(request), action):
                raise Http404
            if action in FRESH_SIGN_IN_ACTIONS and not _may_change_now(request):
                raise ReauthenticationRequired
            return view(request, *args, **kwargs)

        guarded.required_action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def _may_change_now(request: HttpRequest) -> bool:
    """Whether a request only reads, or its person showed just now who they are."""
    return request.method in {"GET", "HEAD", "OPTIONS"} or signed_in_recently(request)


def public(view: View) -> View:
    """Mark a view that anybody may open; the house test counts those without a mark."""
    view.public = True  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Mark a view of one's own account, open to whoever is signed in."""
    view.signed_in = True  # type: ignore[attr-defined]
    return view


def membership_of(request: HttpRequest) -> Membership | None:
    """The membership chosen at sign-in, or None."""
    return getattr(request, "membership", None)


def acting(request: HttpRequest) -> Membership:
    """The membership that acts in this request.

    Raises: ImproperlyConfigured when a view without a door asks.
    """
    if (membership := membership_of(request)) is None:
        raise ImproperlyConfigured("A view that acts needs @requires.")
    return membership


def find_for(
    request: HttpRequest, action: Action, model: type[M], *beside: str, **lookup: Any
) -> M:
    """The one row that this page is about, read with the related rows `beside` it.

    Raises: Http404 when it may not be seen or does not exist; PermissionDenied when it may be
    seen, but this may not be done.
    """
    membership = acting(request)
    if any(isinstance(value, models.QuerySet) for value in lookup.values()):
        found = list(_open_to(membership, model, action, beside, lookup))
    else:
        kept = statement(_kept_open_to, membership, model, action, beside, tuple(sorted(lookup)))
        found = kept.found(**lookup)
    if found:
        return found[0]
    rows: Any = model._default_manager.all()
    sees_more = not reach(membership, rows.read_actions) <= reach(membership, [action])
    if sees_more and rows.visible_to(membership).filter(**lookup).exists():
        raise PermissionDenied
    raise Http404


def _kept_open_to(
    membership: Membership,
    model: type[M],
    action: Action,
    beside: tuple[str, ...],
    names: tuple[str, ...],
) -> models.QuerySet[M]:
    """The query of a page for the row that its address names."""
    return _open_to(membership, model, action, beside, {name: given(name) for name in names})


def _open_to(
    membership: Membership,
    model: type[M],
    action: Action,
    beside: tuple[str, ...],
    lookup: Mapping[str, Any],
) -> models.QuerySet[M]:
    """The first row of some on which this may be done."""
    rows: Any = model._default_manager.all()
    open_to: models.QuerySet[M] = rows.for_action(membership, action).filter(**lookup)
    found = open_to.select_related(*beside or [None])
    return (found if found.ordered else found.order_by("pk"))[:1]
