"""Settings for django-q2: where to work comes from `BENCH_HOME`, `BENCH_URL` and `BENCH_OPTIONS`."""

import json
import os
from pathlib import Path
from urllib.parse import urlsplit

SECRET_KEY = "only for a benchmark"  # noqa: S105
INSTALLED_APPS = ["django_q"]
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if url := os.environ.get("BENCH_URL"):
    at = urlsplit(url)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": at.path[1:],
            "USER": at.username,
            "HOST": at.hostname,
            "PORT": at.port,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(os.environ.get("BENCH_HOME", ".")) / "queue.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    }
Q_CLUSTER = {
    "name": "bench",
    "orm": "default",
    "workers": 1,
    "log_level": "ERROR",
    "timeout": 60,
    "retry": 600,
    **json.loads(os.environ.get("BENCH_OPTIONS", "{}")),
}
