"""Forms of the way in: django-allauth's, in this service's words, and our own."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import Membership

PASSWORD_HINT = "At least 12 characters. Three random words are easy to remember."  # noqa: S105
APP_CODE_HINT = "The 6 digits that your authenticator app shows, or one of your recovery codes."


class InOurWords(forms.Form):
    """Labels and hints of a borrowed form; a placeholder is never the only label."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, LoginForm):  # type: ignore[misc]
    """Email address and password."""

    words = {"login": ("Email address", ""), "password": ("Password", "")}


class MailedCodeForm(InOurWords, ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that was mailed at sign-in."""

    words = {"code": ("Code", "The code is in the email that we have just sent you.")}

    def clean_code(self) -> Any:
        """Compare the code, and count the guesses per person: a new code begins no new count."""
        forget_guesses = check_rate_limit(context.request._login_stage.login.user)
        code = super().clean_code()
        forget_guesses()
        return code


class SecondFactorForm(InOurWords, AuthenticateForm):  # type: ignore[misc]
    """The code of an authenticator app at sign-in."""

    words = {"code": ("Code", APP_CODE_HINT)}


class PasswordAgainForm(InOurWords, ReauthenticateForm):  # type: ignore[misc]
    """The password, asked again before a sensitive act."""

    words = {"password": ("Password", "")}


class CodeAgainForm(InOurWords, ReauthenticateByCodeForm):  # type: ignore[misc]
    """The code of an authenticator app, asked again before a sensitive act."""

    words = {"code": ("Code", APP_CODE_HINT)}


class SetUpAppForm(InOurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    words = {"code": ("Code", "The 6 digits that the app shows now.")}


class ForgottenPasswordForm(InOurWords, ResetPasswordForm):  # type: ignore[misc]
    """Where to mail the link for a new password."""

    words = {"email": ("Email address", "")}


class NewPasswordForm(InOurWords, ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after the old one was forgotten."""

    words = {
        "password1": ("New password", PASSWORD_HINT),
        "password2": ("New password again", ""),
    }


class ChangeOwnPasswordForm(InOurWords, ChangePasswordForm):  # type: ignore[misc]
    """A new password for somebody who knows the old one."""

    words = {"oldpassword": ("Current password", ""), **NewPasswordForm.words}


class SetOwnPasswordForm(InOurWords, SetPasswordForm):  # type: ignore[misc]
    """A first password for somebody who has signed in without one."""

    words = NewPasswordForm.words


class FirstPasswordForm(forms.Form):
    """The password of somebody who accepts an invitation."""

    password = forms.CharField(
        label="Password",
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": "Enter a password."},
    )

    def clean_password(self) -> str:
        """Refuse one that is easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class ChooseOrganisationForm(forms.Form):
    """For which of their organisations a person acts now."""

    membership = forms.ModelChoiceField(
        label="Which organisation are you acting for?",
        queryset=Membership.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the organisation that you are acting for."},
    )

    def __init__(self, *args: Any, user_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Membership.objects.current().filter(user_id=user_id)
        field = self.fields["membership"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (says so to mypy)
        field.queryset = standing.select_related("organisation", "user")
        field.label_from_instance = label  # type: ignore[method-assign,assignment]


def label(membership: Membership) -> str:
    """A membership as its own person chooses it: the organisation, then their roles."""
    return f"{membership.organisation} – {membership.role_labels}"
