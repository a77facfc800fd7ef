"""The addresses of the way in, of one's own account and of people.

django-allauth's views are listed one by one, each with its mark; what is not listed does not exist
here (nobody signs up, nobody changes their address by themselves).
"""

from allauth.account import views as way_in
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from accounts.access import public, signed_in
from accounts.entrance import on_the_way_in, without_prolonging
from accounts.views import entrance, people

SIGN_IN = [
    path("sign-in", public(entrance.SignInView.as_view()), name="account_login"),
    path("sign-in/code", public(way_in.confirm_login_code), name="account_confirm_login_code"),
    path("sign-in/second-factor", public(second_factor.authenticate), name="mfa_authenticate"),
    path("sign-in/closed", public(way_in.account_inactive), name="account_inactive"),
    path("sign-in/demo/<slug:key>", entrance.demo_sign_in, name="demo_sign_in"),
    path("sign-in/choose-organisation", entrance.choose_organisation, name="choose_organisation"),
    path("sign-in/set-up", entrance.set_up_second_factor, name="set_up_second_factor"),
    path(
        "sign-in/again",
        signed_in(on_the_way_in(way_in.reauthenticate)),
        name="account_reauthenticate",
    ),
    path(
        "sign-in/again/code",
        signed_in(on_the_way_in(second_factor.reauthenticate)),
        name="mfa_reauthenticate",
    ),
    path(
        "sign-in/again/passkey",
        signed_in(on_the_way_in(passkeys.reauthenticate_webauthn)),
        name="mfa_reauthenticate_webauthn",
    ),
    path("session", signed_in(on_the_way_in(without_prolonging(entrance.session))), name="session"),
    path("sign-out", signed_in(on_the_way_in(way_in.logout)), name="account_logout"),
    path("sign-in/forgotten", public(way_in.password_reset), name="account_reset_password"),
    path(
        "sign-in/forgotten/sent",
        public(way_in.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "sign-in/forgotten/done",
        public(way_in.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        public(way_in.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("invitation/<str:token>", entrance.invitation, name="invitation"),
]

ACCOUNT = [
    path("account", entrance.account, name="account"),
    path("account/password", signed_in(way_in.password_change), name="account_change_password"),
    path("account/password/first", signed_in(way_in.password_set), name="account_set_password"),
    path("account/second-factor", signed_in(second_factor.index), name="mfa_index"),
    path(
        "account/second-factor/app",
        signed_in(on_the_way_in(entrance.SetUpAppView.as_view())),
        name="mfa_activate_totp",
    ),
    path(
        "account/second-factor/app/remove",
        signed_in(app.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/second-factor/passkeys",
        signed_in(passkeys.list_webauthn),
        name="mfa_list_webauthn",
    ),
    path(
        "account/second-factor/passkeys/add",
        signed_in(on_the_way_in(entrance.AddPasskeyView.as_view())),
        name="mfa_add_webauthn",
    ),
    path(
        "account/second-factor/passkeys/<int:pk>/remove",
        signed_in(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/second-factor/recovery-codes",
        signed_in(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/recovery-codes/new",
        signed_in(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/recovery-codes/download",
        signed_in(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]

PEOPLE = [
    path("people/", people.people_list, name="people"),
    path("people/invite", people.invite, name="invite_person"),
    path(
        "people/invitations/<int:pk>/withdraw",
        people.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("people/memberships/<int:pk>/roles", people.change_roles, name="change_roles"),
    path("people/memberships/<int:pk>/end", people.end_membership, name="end_membership"),
    path("people/resets/<int:pk>/confirm", people.confirm_reset, name="confirm_reset"),
    path("people/resets/<int:pk>/refuse", people.refuse_reset, name="refuse_reset"),
    path("people/walls/<int:pk>/lift", people.lift_wall, name="lift_wall"),
    path("people/<int:pk>", people.person, name="person"),
    path("people/<int:pk>/deactivate", people.deactivate, name="deactivate_person"),
    path("people/<int:pk>/reactivate", people.reactivate, name="reactivate_person"),
    path("people/<int:pk>/reset-second-factor", people.request_reset, name="request_reset"),
    path("people/<int:pk>/wall", people.raise_wall, name="raise_wall"),
]

urlpatterns = [*SIGN_IN, *ACCOUNT, *PEOPLE]
