"""Log lines as JSON, without personal data."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

current_request_id: ContextVar[str] = ContextVar("request_id", default="")
_EMAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+")
_FACTS = ("method", "route", "status", "milliseconds", "job", "organisation")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request id, and the facts a caller passed as `extra`.

    E-mail addresses are taken out, and of an exception only types and places are kept: its text may quote a person.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _EMAIL.sub("[e-mail]", self._message(record)),
        }
        request_id = current_request_id.get()
        if request_id:
            line["request_id"] = request_id
        line.update({name: getattr(record, name) for name in _FACTS if hasattr(record, name)})
        if record.exc_info and record.exc_info[0] is not None:
            kind, _error, trace = record.exc_info
            line["exception"] = kind.__name__
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return json.dumps(line, ensure_ascii=False, default=str)

    def _message(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is not None:
            # Django quotes the raw path, which may hold a token of a link: the route says enough.
            match = getattr(request, "resolver_match", None)
            return f"{record.name}: {match.route if match else 'no route'}"
        return record.getMessage()
