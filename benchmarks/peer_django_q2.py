"""django-q2's side of `jobs_throughput`, in its own virtual environment: draining its queue."""

import json
import os
import sys

from benchmarks.drain import drain


def drain_django_q2(url: str, home: str, options: dict[str, int], jobs: int) -> tuple[float, float]:
    """Enqueue the jobs, then let a cluster of one worker do them."""
    os.environ |= {"BENCH_URL": url, "BENCH_HOME": home, "BENCH_OPTIONS": json.dumps(options)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer_django_q2_settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django_q.models import OrmQ, Success
    from django_q.tasks import async_task

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        for at in range(jobs):
            async_task("operator.add", at, 1)
    command = [sys.executable, "-m", "django", "qcluster"]
    answer = drain(command, OrmQ.objects.count, environment=os.environ)
    assert Success.objects.exists()
    return answer
