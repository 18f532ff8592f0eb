"""From an exception to what the person sees: one message, one hint, one exit code."""

import os
import re
import sys

import typer

from carepass_cli.context import Run
from carepass_cli.errors import CarepassError
from carepass_cli.output.clean import json_safe

# The parser repeats the word that it cannot place: it may be a birthdate.
ANY_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


def report_failure(error: Exception, run: Run) -> int:
    """Tell the person what went wrong, on stderr, and return the exit code. Where a script listens
    (`-o json` or `ndjson`) the error is one JSON object."""
    if isinstance(error, BrokenPipeError):
        return _quiet_pipe()
    if isinstance(error, typer.Abort):
        sys.stderr.write("Stopped; nothing more was done.\n")
        return 130
    failure = _as_failure(error)
    if failure is None:
        return 0
    if _output_of(run) in ("json", "ndjson"):
        import json

        said = {"code": failure.code, "message": failure.message, "hint": failure.hint}
        sys.stderr.write(json_safe(json.dumps({"error": said}, ensure_ascii=False)) + "\n")
    else:
        from carepass_cli.output.talk import say

        say([failure.message], "error: ")
        say(failure.hint.splitlines(), "hint: ")
    return failure.exit_code


def _output_of(run: Run) -> str | None:
    """How this run prints; None where the config file cannot be read, which may be what failed."""
    try:
        return run.settings["output"]
    except CarepassError:
        return None


def report_unknown(error: Exception) -> int:
    """The same for `carepass check`, whose reader is a monitoring system: one line on stdout, and UNKNOWN."""
    from carepass_cli.output.monitoring import UNKNOWN, unknown

    stopped = isinstance(error, typer.Abort | BrokenPipeError)
    failure = CarepassError("Stopped.") if stopped else _as_failure(error)
    try:
        if failure is not None:
            sys.stdout.write(unknown(f"{failure.message} {failure.hint}")[0] + "\n")
        sys.stdout.flush()
    except OSError:
        _quiet_pipe()  # nobody hears the line; the exit code still speaks
    return UNKNOWN


def _as_failure(error: Exception) -> CarepassError | None:
    if isinstance(error, CarepassError):
        return error
    if isinstance(error, typer.TyperException):
        return _usage(error)
    return _unexpected(error)


def _usage(error: typer.TyperException) -> CarepassError | None:
    from carepass_cli.errors import UsageError

    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        # A group without a command: the help is the answer.
        sys.stderr.write(error.format_message() + "\n")
        raise SystemExit(2)
    message = ANY_DATE.sub("a date", error.format_message().replace("\n", " ").strip())
    hint = f"See: {context.command_path} --help" if context is not None else ""
    return UsageError(message, hint)


def _unexpected(error: Exception) -> CarepassError:
    import traceback

    text = "".join(traceback.format_exception(error))
    place = _log(text)
    return CarepassError(
        f"Something unexpected went wrong: {type(error).__name__}.",
        f"The details are in {place}; please report them." if place else text,
    )


def _log(text: str) -> str | None:
    """Append a traceback to the log file (0600); None where that cannot be done."""
    from datetime import UTC, datetime

    from carepass_cli.settings import log_path

    try:
        path = log_path()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat()}\n{text}\n")
    except OSError:
        return None
    return str(path)


def _quiet_pipe() -> int:
    # The reader of the pipe has gone (`| head`): nobody is left to tell.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    return 0
