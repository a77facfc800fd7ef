"""The way in: signing in, choosing an organisation, setting up a second factor, being invited."""

from ipaddress import ip_address
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import public, signed_in
from accounts.demo import BY_KEY, DEMO_ACCOUNTS
from accounts.entrance import act_as, destination, is_counted, on_the_way_in, prolong, seconds_left
from accounts.errors import ActRefusedError
from accounts.forms import sent
from accounts.forms.entrance import ChooseOrganisationForm, FirstPasswordForm
from accounts.forms.people import ConfirmForm
from accounts.models import Membership, SecondFactorReset, User
from accounts.services.invitations import accept_invitation, person_invited, usable_invitation
from accounts.shown import DEMO_METHOD

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SignInView(LoginView):  # type: ignore[misc]
    """Email address and password; in demo mode, one button for each role besides."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The demo's accounts, in demo mode only."""
        accounts = DEMO_ACCOUNTS if settings.DEMO else ()
        return {**super().get_context_data(**kwargs), "demo_accounts": accounts}


class SetUpAppView(ActivateTOTPView):  # type: ignore[misc]
    """A new authenticator app; its first code is also the second factor of this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app, and count the code that it showed."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


class AddPasskeyView(AddWebAuthnView):  # type: ignore[misc]
    """A new passkey, which is also the second factor of this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the passkey, and count that it was shown."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return response


@signed_in
@on_the_way_in
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Say that a role needs a second factor, and offer the two kinds before anything else opens."""
    request.session["going_to"] = destination(request)
    if Authenticator.objects.filter(user_id=request.user.pk, type__in=SECOND_FACTORS).exists():
        return redirect("mfa_reauthenticate")
    context = {"passkeys": passkeys_work(request)}
    return render(request, "accounts/set_up_second_factor.html", context)


def passkeys_work(request: HttpRequest) -> bool:
    """Whether browsers take a passkey for this address: they do for a name, not for a number."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


@signed_in
@on_the_way_in
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """For whom a person with several memberships acts; also the way to change it later."""
    form = ChooseOrganisationForm(sent(request), user_id=request.user.pk or 0)
    if request.method == "POST" and form.is_valid():
        act_as(request, form.cleaned_data["membership"])
        return redirect(destination(request))
    context = {"form": form, "next": destination(request)}
    return render(request, "accounts/choose_organisation.html", context)


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: memberships, password, second factor."""
    memberships = Membership.objects.current().filter(user_id=request.user.pk or 0)
    factors = Authenticator.objects.filter(user_id=request.user.pk, type__in=SECOND_FACTORS)
    context = {
        "memberships": memberships.select_related("organisation"),
        "second_factors": [factor.get_type_display() for factor in factors],
        "reset": SecondFactorReset.objects.filter(user_id=request.user.pk or 0).first(),
    }
    return render(request, "accounts/account.html", context)


@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: set a password, or only say yes when there is an account already."""
    invited = usable_invitation(token)
    if invited is None:
        return render(request, "accounts/invitation_unusable.html", status=410)
    person = person_invited(invited)
    form = (ConfirmForm if person else FirstPasswordForm)(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(token, password=form.cleaned_data.get("password", ""))
        except ActRefusedError:
            return render(request, "accounts/invitation_unusable.html", status=410)
        messages.success(request, "Your invitation is accepted. You can sign in now.")
        return redirect("account_login")
    context = {"form": form, "invitation": invited, "person": person}
    return render(request, "accounts/invitation.html", context)


@public
def demo_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """One click for a role, in demo mode only; otherwise there is no such page.

    Whom it acts as is settled as after any sign-in: the only membership, or the one that is chosen.
    """
    if not settings.DEMO or request.method != "POST" or key not in BY_KEY:
        raise Http404
    user = get_object_or_404(User, email=BY_KEY[key].email, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, DEMO_METHOD)
    return redirect(destination(request))


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """How many seconds one's session still lasts; a POST keeps it from ending.

    Of one that no page has used since its sign-in nobody knows, so it begins with this.
    """
    if request.method == "POST" or not is_counted(request):
        prolong(request, at_once=True)
    return JsonResponse({"seconds": seconds_left(request)})
