"""The one settings module. Everything comes from the environment; `docs/settings.md` lists it."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir

from csp.constants import NONE, SELF

from wayfellow.core.environment import Environment, database_from_url, mail_from_url, mailbox_from_url
from wayfellow.core.home import secret_key

env = Environment()
PACKAGE = Path(__file__).resolve().parent
TESTING = "pytest" in sys.modules

HOME = env.folder("WAYFELLOW_HOME", Path("var"), says="Folder for database, files and the generated secret.")
DEMO = env.flag("WAYFELLOW_DEMO", says="Demo mode: four doors without a password. Never with real people.")
DEBUG = False
BASE_URL = env.text("WAYFELLOW_BASE_URL", "http://127.0.0.1:8000", says="Address people use; links in mails.").rstrip(
    "/"
)
SECRET_KEY = env.secret("WAYFELLOW_SECRET_KEY", says="Signing secret. Generated in WAYFELLOW_HOME when not set.")
if not SECRET_KEY:
    SECRET_KEY = "only-for-tests" if TESTING else secret_key(HOME)
BEHIND_TLS = BASE_URL.startswith("https://")
LOOPBACK = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.words("WAYFELLOW_HOSTS", says="Host names that are answered, besides the one in the base URL.")
ALLOWED_HOSTS += [BASE_URL.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0], *LOOPBACK]
TRUSTED_PROXIES = env.number(
    "WAYFELLOW_TRUSTED_PROXIES", 0, says="How many proxies in front set X-Forwarded-For and -Proto."
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "wayfellow.core.apps.CoreConfig",
    "wayfellow.web.apps.WebConfig",
    "wayfellow.audit.apps.AuditConfig",
    "wayfellow.search.apps.SearchConfig",
    "wayfellow.jobs.apps.JobsConfig",
    "wayfellow.notifications.apps.NotificationsConfig",
    "wayfellow.people.apps.PeopleConfig",
    "wayfellow.skills.apps.SkillsConfig",
    "wayfellow.goals.apps.GoalsConfig",
    "wayfellow.safety.apps.SafetyConfig",
    "wayfellow.programmes.apps.ProgrammesConfig",
    "wayfellow.relationships.apps.RelationshipsConfig",
    "wayfellow.conversations.apps.ConversationsConfig",
    "wayfellow.meetings.apps.MeetingsConfig",
    "wayfellow.surveys.apps.SurveysConfig",
    "wayfellow.discovery.apps.DiscoveryConfig",
    "wayfellow.workspace.apps.WorkspaceConfig",
    "wayfellow.demo.apps.DemoConfig",
]

MIDDLEWARE = [
    "wayfellow.web.middleware.RequestIdMiddleware",
    "wayfellow.web.middleware.CleanQueryMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wayfellow.audit.middleware.CameBySessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wayfellow.people.middleware.SignedInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wayfellow.people.middleware.MemberMiddleware",
    "wayfellow.people.limits.LimitMiddleware",
    "wayfellow.web.middleware.DomainErrorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "wayfellow.urls"
WSGI_APPLICATION = "wayfellow.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "wayfellow.web.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "wayfellow.web.templatetags.wayfellow",
                "wayfellow.people.templatetags.own_words",
            ],
        },
    }
]
FORM_RENDERER = "wayfellow.web.forms.FormRenderer"

# Database: embedded SQLite, or PostgreSQL from DATABASE_URL.
DATABASE_URL = env.secret("DATABASE_URL", says="postgres://user:password@host:port/name; SQLite when not set.")
DATABASE_POOL = env.number("WAYFELLOW_DATABASE_POOL", 8, at_least=1, says="Most PostgreSQL connections per process.")
if DATABASE_URL:
    DATABASES = {"default": database_from_url(DATABASE_URL)}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if not TESTING:
        DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 10}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "wayfellow.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; "
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;",
            },
        }
    }
    if TESTING:  # a file, so that threads share it as they do in production
        DATABASES["default"]["TEST"] = {"NAME": str(Path(gettempdir()) / f"wayfellow-test-{os.getpid()}.sqlite3")}
        DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
}

# People and sign-in.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "wayfellow.people.passwords.DerivedFromCommonValidator"},
    {"NAME": "wayfellow.people.passwords.OwnNamesValidator"},
    {"NAME": "wayfellow.people.breaches.BreachedValidator"},
]
BREACHED_PASSWORDS = env.text(
    "WAYFELLOW_BREACHED_PASSWORDS",
    says="A file of breached passwords, lines of SHA-1:COUNT ordered by hash. Those in it are refused.",
)
BREACHED_PASSWORDS_URL = env.text(
    "WAYFELLOW_BREACHED_PASSWORDS_URL",
    says="Address asked for breached passwords by five figures of their hash, such as "
    "https://api.pwnedpasswords.com/range/. Nothing is asked when not set.",
)
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "front"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "wayfellow.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the code or link that is sent to it
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "wayfellow.people.second_factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # so a passkey is two factors in one
MFA_RECOVERY_CODE_DIGITS = 10
SIGNED_IN_DAYS = env.number(
    "WAYFELLOW_SIGNED_IN_DAYS", 14, at_least=1, says="Days after which everybody signs in again."
)
IDLE_HOURS = env.number("WAYFELLOW_IDLE_HOURS", 72, at_least=1, says="Hours away after which one signs in again.")
CONFIRM_MINUTES = env.number(
    "WAYFELLOW_CONFIRM_MINUTES",
    15,
    at_least=1,
    says="Minutes after signing in or confirming before one confirms again to change something that matters.",
)
SIGNED_IN_FOR, IDLE_FOR = timedelta(days=SIGNED_IN_DAYS), timedelta(hours=IDLE_HOURS)
SESSION_ENGINE = "wayfellow.people.sessions"
SESSION_COOKIE_AGE = (SIGNED_IN_DAYS + 7) * 24 * 3600  # longer than one stays signed in: what was typed is found again
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "wayfellow.web.views.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Browser security.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # as frame-ancestors below, for browsers that do not know it
SECURE_SSL_REDIRECT = env.flag("WAYFELLOW_SSL_REDIRECT", True, says="Send http visitors to https.") and BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Files.
STATIC_URL = "/static/"
MEDIA_ROOT = HOME / "files"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
LARGEST_FILE_MB = env.number("WAYFELLOW_LARGEST_FILE_MB", 10, at_least=1, says="Most MB of a file with a letter.")
MOST_FILES = env.number("WAYFELLOW_MOST_FILES", 5, says="Most files with one letter; 0 for none.")
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Words and time.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each as its readers call it
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["wayfellow.web.formats"]

# Mail. Without WAYFELLOW_MAIL_URL, mail stays in the database and is read on the outbox page (demo only).
MAIL_URL = env.secret("WAYFELLOW_MAIL_URL", says="smtp://user:password@host:port, smtp+tls://… or smtps://…")
DEFAULT_FROM_EMAIL = env.text("WAYFELLOW_MAIL_FROM", "wayfellow@localhost", says="Sender of mails.")
EMAIL_TIMEOUT = 20
if MAIL_URL:
    globals().update(mail_from_url(MAIL_URL))
INBOUND_ADDRESS = env.text(
    "WAYFELLOW_INBOUND_ADDRESS",
    says="Address whose mailbox takes answers, such as reply@mail.example.org; the server must deliver reply+…@ there.",
)
INBOUND_URL = env.secret(
    "WAYFELLOW_INBOUND_URL", says="Where that mailbox is read: imaps://user:password@host:port/INBOX, or imap+tls://…"
)
mailbox_from_url(INBOUND_URL)

# Jobs.
TASKS = {"default": {"BACKEND": "wayfellow.jobs.backend.TableBackend", "QUEUES": [], "OPTIONS": {}}}
JOBS_BACKEND = env.text(
    "WAYFELLOW_JOBS_BACKEND", says="Another django.tasks backend, by its dotted path, that runs jobs."
)
if JOBS_BACKEND:
    TASKS["carrier"] = {"BACKEND": JOBS_BACKEND}
WORKER_THREADS = env.number("WAYFELLOW_WORKER_THREADS", 2, at_least=1, says="Jobs a worker runs at once.")

# Requests of other servers (`core.outbound`).
OUTBOUND_ALLOW = env.hosts(
    "WAYFELLOW_OUTBOUND_ALLOW",
    says="Private hosts, host:port or networks (10.1.0.0/16) that this server may ask, such as a calendar inside.",
)

# Server.
PORT = env.number("WAYFELLOW_PORT", 8000, at_least=1, says="Port that `wayfellow serve` listens on.")
HOST = env.text("WAYFELLOW_HOST", "127.0.0.1", says="Address that `wayfellow serve` listens on.")
WEB_WORKERS = env.number("WAYFELLOW_WEB_WORKERS", 1, at_least=1, says="Web processes of `wayfellow serve`.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "wayfellow.web.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "wayfellow": {"level": env.text("WAYFELLOW_LOG_LEVEL", "INFO", says="Least level that is logged.").upper()},
        "django.server": {"handlers": [], "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

TEST_RUNNER = "django.test.runner.DiscoverRunner"
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    ALLOWED_HOSTS = ["*"]

if not TESTING:
    env.refuse_unknown()
