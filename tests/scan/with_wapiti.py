"""A dynamic scan of Wayfellow on loopback with wapiti, signed out and signed in.

    python3 -m venv /tmp/wapiti && /tmp/wapiti/bin/pip install wapiti3
    PYTHONPATH=src python tests/scan/with_wapiti.py --wapiti /tmp/wapiti/bin/wapiti

It makes an organisation with made-up people in a temporary folder, serves it as `wayfellow serve` does (not as a demo),
and lets wapiti follow links and attack whatever it finds: as somebody who is not signed in, as a mentee, as a mentor
and as an administrator. What wapiti finds is printed; the exit code is 1 when that is anything.

Left out are modules that need a server of wapiti's on the internet (ssrf, xxe, log4shell), and what only TLS can give
(the Secure flag of cookies, Strict-Transport-Security): `wayfellow doctor` and a test hold those to `check --deploy`.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

MODULES = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,"
    "upload,xss"
)
# In this order: what an administrator can do, wapiti does to the others.
PEOPLE = ("mentee@demo.example", "mentor@demo.example", "admin@demo.example")
# These would end the session or the person that the scan goes on as.
LEFT_ALONE = ("sign-out", "account/leave", "account/forget", "account/devices", "close", "administrator/end")
ONLY_WITH_TLS = ("Secure Flag cookie", "HTTP Strict Transport Security (HSTS)")

MAKE = """
from wayfellow.cli.site import migrate_database, set_up
set_up()
migrate_database(verbosity=0)
from wayfellow.demo.scenes import load
load()
"""
SIGN_IN = """
import json, sys
from wayfellow.cli.site import set_up
set_up()
from django.test import Client
from wayfellow.people.models import Account
found = {}
for email in sys.argv[1:]:
    client = Client()
    client.force_login(Account.objects.get(email=email))
    found[email] = client.cookies["sessionid"].value
print(json.dumps(found))
"""


def python(code, *words, **environment):
    """Run code with these settings, and give what it printed."""
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


@contextmanager
def serving(home):
    """An installation with made-up people; gives its address and who is signed in by which session."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    settings = {"WAYFELLOW_HOME": str(home), "WAYFELLOW_BASE_URL": base, "WAYFELLOW_LOG_LEVEL": "WARNING"}
    print("Making the people …", flush=True)
    python(MAKE, **settings, WAYFELLOW_DEMO="1")
    sessions = json.loads(python(SIGN_IN, *PEOPLE, **settings))
    log = (home / "serve.log").open("w")
    command = [sys.executable, "-m", "wayfellow", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log) as process:
        try:
            for _turn in range(240):
                if answers(port):
                    break
                time.sleep(0.25)
            yield base, sessions
        finally:
            process.terminate()


def answers(port, path="/readyz", **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def scan(options, base, folder, name, session):
    """What wapiti finds as one person."""
    report, cookies = folder / f"{name}.json", folder / f"{name}.cookies"
    command = [options.wapiti, "-u", f"{base}/", "--scope", "folder", "-m", MODULES, "-f", "json", "-o", str(report)]
    command += ["--depth", "5", "--max-links-per-page", "60", "--max-files-per-dir", "40", "--max-parameters", "20"]
    command += ["--max-scan-time", str(options.seconds), "--max-attack-time", str(options.seconds // 8)]
    command += ["--flush-session", "--store-session", str(folder / name), "--tasks", "4", "--color"]
    for part in LEFT_ALONE:
        command += ["-x", f"{base}/*{part}*"]
    if session:
        cookie = {"value": session, "version": 0, "expires": None, "secure": False, "port": None}
        cookies.write_text(json.dumps({"127.0.0.1": {"/": {"sessionid": cookie}}}))
        command += ["-c", str(cookies)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not report.exists():
        sys.exit(done.stdout + done.stderr)
    return json.loads(report.read_text())


def findings(report):
    """One line for each finding that is not about TLS."""
    for kind in ("vulnerabilities", "anomalies"):
        for what, entries in report[kind].items():
            for entry in entries if what not in ONLY_WITH_TLS else ():
                info = " ".join(str(entry.get("info", "")).split())
                yield f"{what}: {entry.get('method', '')} {entry.get('path', '')} {entry.get('parameter') or ''} {info}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wapiti", default="wapiti", help="the command wapiti")
    parser.add_argument("--seconds", type=int, default=600, help="longest scan as one person (600)")
    parser.add_argument("--only", nargs="*", default=["signed out", *PEOPLE], help="as whom")
    parser.add_argument("--keep", type=Path, help="a folder for wapiti's own reports")
    options = parser.parse_args()
    found = 0
    with tempfile.TemporaryDirectory(prefix="wayfellow-scan-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        home = Path(temporary) / "home"
        home.mkdir(mode=0o700)
        with serving(home) as (base, sessions):
            port = int(base.rpartition(":")[2])
            for name, session in [("signed out", None), *sessions.items()]:
                if name not in options.only:
                    continue
                started = time.monotonic()
                report = scan(options, base, folder, name.replace(" ", "-"), session)
                lines = sorted(set(findings(report)))
                pages = report["infos"].get("crawled_pages_nbr", "?")
                print(f"{name}: {pages} pages, {len(lines)} findings, {time.monotonic() - started:.0f} s", flush=True)
                for line in lines:
                    print(f"  {line}", flush=True)
                found += len(lines)
                if session and not answers(port, "/o/larkmoor/", Cookie=f"sessionid={session}"):
                    print("  The scan ended its own session, so it saw less than there is.", flush=True)
                    found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
