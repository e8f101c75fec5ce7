"""The server's log: trouble of the store is one line that says what to do; other errors bring a traceback."""

import logging

_SERVED = "django.request"


class TroubleInOneLine(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == _SERVED and record.exc_info:
            from nhiemky.register.store import trouble  # the log is set up before the rooms are

            said = trouble(record.exc_info[1])
            if said is not None:
                record.msg, record.args, record.exc_info = said, (), None
        return True
