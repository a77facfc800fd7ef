"""Every setting of the service, read from the environment once and nowhere else.

A variable may be given as NAME, or as NAME_FILE with the path of a file that holds the value.
Secrets have no default: a missing one stops the start. The README lists each variable.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Who we are -------------------------------------------------------------------------------
SERVICE_NAME = env.str("SERVICE_NAME", default="Super-complaints Service")
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
PRODUCTION = env.bool("PRODUCTION", default=False)
DEMO = env.bool("DEMO", default=False)
# Serve the public pages alone, through the public role alone.
PUBLIC_ONLY = env.bool("PUBLIC_ONLY", default=False)
SECRET_KEY = env.str("SECRET_KEY")
# Secrets from before: what they signed, and addresses that were made with them, still holds.
# A blank between two commas is no secret: whoever guessed it could sign anything.
SECRET_KEY_FALLBACKS = [
    before for given in env.list("SECRET_KEY_FALLBACKS", default=[]) if (before := given.strip())
]
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)


# --- Databases: one database, three roles -------------------------------------------------------
def database(url: str, name: str) -> dict[str, Any]:
    """Django's settings for a postgres:// URL; `?host=/folder` names a socket's folder.

    All else behind the question mark, such as `sslmode=verify-full`, is libpq's and handed on.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must start with postgres://. Only PostgreSQL is used.")
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    host, port = query.pop("host", parts.hostname or ""), query.pop("port", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or port),
        "OPTIONS": query,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


# The public pages: SELECT on the public views and nothing else.
DATABASES = {"public": database(env.str("PUBLIC_DATABASE_URL"), "PUBLIC_DATABASE_URL")}
# The application: no UPDATE, DELETE or TRUNCATE on the record. A process that serves the public
# pages alone has no door but theirs.
DATABASES["default"] = (
    DATABASES["public"] if PUBLIC_ONLY else database(env.str("DATABASE_URL"), "DATABASE_URL")
)
# The migrator: owns the tables; given to `prepare_database` only.
if MIGRATE_DATABASE_URL := env.str("MIGRATE_DATABASE_URL", default=""):
    DATABASES["owner"] = database(MIGRATE_DATABASE_URL, "MIGRATE_DATABASE_URL")
DATABASE_ROUTERS = ["supercomplaints.routers.OneDatabaseThreeRoles"]
# Commands that add missing reference rows; `prepare_database` calls each after migrating.
REFERENCE_COMMANDS = ["load_reference"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Throttles live in PostgreSQL, so that signing in is guarded when Redis is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "throttle_counts",
    },
    # Public pages as they were drawn, in each process's own memory; the door is asked first.
    "drawn": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawn",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

# --- Redis, worker and beat ---------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="" if PUBLIC_ONLY else env.NOTSET)
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1).replace(
    "?db=", "?virtual_host="
)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Kombu looks for abandoned messages only every 100 s unless told otherwise.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # Without Redis an act must not wait to ring its bell: the tick finds the work. (6 s if unset.)
    **{"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0},
    # Nor for a Redis that keeps its connections and answers nothing. (For ever if unset.)
    **{"socket_timeout": 2, "socket_connect_timeout": 2},
}
# What the minute tick asks, in this order, for work that is due and not done: dotted names.
SWEEPS = [
    "documents.tasks.sweep",
    "complaints.tasks.sweep",
    "publication.tasks.sweep",
    "notifications.tasks.sweep",
    "audit.heads.list_heads",
    "desk.demo.renewing.sweep",
]
CELERY_BEAT_SCHEDULE = {"tick": {"task": "supercomplaints.tick", "schedule": 60.0}}

# --- Apps: the rooms, from the roof to the ground -------------------------------------------------
INSTALLED_APPS = [
    "desk",
    "notifications",
    "deadlines",
    "publication",
    "recommendations",
    "investigations",
    "complaints",
    "drafting",
    "documents",
    "accounts",
    "audit",
    "supercomplaints",
    "accounts.apps.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "csp",
]

MIDDLEWARE = [
    "supercomplaints.arrival.whole_bodies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.MembershipMiddleware",
    "supercomplaints.addresses.without_nul",
]

# Rings the bell for a named task after a commit.
TASK_SENDER = "supercomplaints.celery.send"

# Tells which of some cases the public knows: what is written to a body names no others.
CASES_KNOWN_TO_THE_PUBLIC = "publication.readiness.public_references"

# What follows an event, in this order, inside the act's transaction.
EVENT_LISTENERS = [
    "deadlines.listener.on_event",
    "deadlines.receipts.on_event",
    "publication.listener.on_event",
    "notifications.listener.on_event",
]

ROOT_URLCONF = "supercomplaints.public_urls" if PUBLIC_ONLY else "supercomplaints.urls"
WSGI_APPLICATION = "supercomplaints.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "supercomplaints.context.service",
            ],
            "builtins": ["supercomplaints.templatetags.govuk"],
        },
    },
]
FORM_RENDERER = "supercomplaints.forms.GovukRenderer"

# What a grant or a wall is about.
CASE_MODEL = "complaints.Complaint"

# --- Language, time -------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
# A language is offered once its texts lie in `locale`: a page that says it is Welsh must be.
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
# Instants are stored in UTC and shown in London; deadlines are London dates.
USE_TZ = True
TIME_ZONE = "Europe/London"
DATE_FORMAT = "j F Y"

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# Collected for production only; elsewhere files are found where they lie.
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
# Uploads, rendered documents and sealed artefacts; never below a served folder.
FILES_DIR = Path(env.str("FILES_DIR", default=str(BASE_DIR / "var" / "files")))
# Wraps the keys of sealed artefacts; SECRET_KEY where unset, which production refuses.
FILES_KEY = env.str("FILES_KEY", default="")
CLAMD_SOCKET = env.str("CLAMD_SOCKET", default="")
# With only the two test signatures loaded, a file is never called clean.
CLAMD_TEST_SIGNATURES_ONLY = env.bool("CLAMD_TEST_SIGNATURES_ONLY", default=not PRODUCTION)
UPLOAD_LIMIT_BYTES = env.int("UPLOAD_LIMIT_BYTES", default=5 * 1024**3)
# How long another organisation can accept an invitation to a draft; the page calls it our own rule.
JOINT_INVITATION_DAYS = env.int("JOINT_INVITATION_DAYS", default=14)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.uploading.CarefulUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Twice what one super-complaint may hold: whoever chooses too many learns which are kept.
DATA_UPLOAD_MAX_NUMBER_FILES = 400

# --- Mail -----------------------------------------------------------------------------------------
MAIL_DIR = Path(env.str("MAIL_DIR", default=str(BASE_DIR / "var" / "mail")))
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20  # Seconds: a silent server would else hold a page for minutes.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(MAIL_DIR)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="super-complaints@example.invalid")

# --- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.seats.PersonBackend",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # An invitation proves the address.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_REQUIRED = True  # The adapter exempts whoever has a second factor.
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_FORMS = {
    "login": "accounts.forms.entrance.SignInForm",
    "confirm_login_code": "accounts.forms.entrance.MailedCodeForm",
    "reauthenticate": "accounts.forms.entrance.PasswordAgainForm",
    "reset_password": "accounts.forms.entrance.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.entrance.NewPasswordForm",
    "change_password": "accounts.forms.entrance.ChangeOwnPasswordForm",
    "set_password": "accounts.forms.entrance.SetOwnPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_FORMS = {
    "authenticate": "accounts.forms.entrance.SecondFactorForm",
    "reauthenticate": "accounts.forms.entrance.CodeAgainForm",
    "activate_totp": "accounts.forms.entrance.SetUpAppForm",
}
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION

# --- Faults ---------------------------------------------------------------------------------------
# Django shows faults on the console in debugging only, and mails them: neither reaches a log here.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"faults": {"()": "supercomplaints.faults.WhereOnly"}},
    "handlers": {"faults": {"class": "logging.StreamHandler", "formatter": "faults"}},
    "loggers": {"django.request": {"handlers": ["faults"], "level": "ERROR"}},
}

# --- Headers --------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'none'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
}
