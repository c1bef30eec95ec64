"""Log lines without what a person wrote: where it happened and what kind it was, no more."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime

from respite.clinic.request_number import number


class BareFormatter(logging.Formatter):
    """One JSON object for each line.

    Messages of errors and arguments of log calls may quote what somebody typed; they are left
    out, also where the message of an error is that of the line. What stays is the time, the
    logger, the level, the template of the message, the number of the request, what our own code
    says is bare of such words, the status and the places in our code.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "message": _template(record),
        }
        request = number.get()
        if request:
            said["request"] = request
        said.update(getattr(record, "bare", {}))
        status = getattr(record, "status_code", None)
        if status is not None:
            said["status"] = status
        if record.exc_info and record.exc_info[0] is not None:
            said["error"] = record.exc_info[0].__name__
            said["places"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(said)


def _template(record: logging.LogRecord) -> str:
    """Give the message before anything was put into it; none where it quotes the error itself."""
    if not isinstance(record.msg, str):
        return ""
    fault = record.exc_info[1] if record.exc_info else None
    words = "" if fault is None else str(fault)
    return "" if words and words in record.msg else record.msg
