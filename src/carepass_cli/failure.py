"""From an exception to what the person sees: one message, one hint, one exit code."""

import errno
import os
import re
import sys
from contextlib import suppress

import typer

from carepass_cli.context import Run
from carepass_cli.errors import CarepassError
from carepass_cli.files import Unwritable
from carepass_cli.output.clean import json_safe
from carepass_cli.output.talk import say, silence
from carepass_cli.settings import log_path

# What a full disk, a quota, a terminal that has gone and a stream that was closed say.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
# The parser repeats the word that it cannot place: it may be a birthdate.
ANY_DATE = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"


def report_failure(error: Exception, run: Run) -> int:
    """Tell the person what went wrong, on stderr, and return the exit code. Where a script listens
    (`-o json` or `ndjson`) the error is one JSON object."""
    if isinstance(error, BrokenPipeError):
        return _quiet_pipe()
    if isinstance(error, typer.Abort):
        sys.stderr.write("Stopped; nothing more was done.\n")
        return 130
    failure = _as_failure(error, run)
    if failure is None:
        return 0
    try:
        _tell(failure, run)
    except OSError:  # stderr is full, too: the exit code still speaks
        silence(sys.stderr)
    return failure.exit_code


def _tell(failure: CarepassError, run: Run) -> None:
    if _output_of(run) in ("json", "ndjson"):
        import json

        said = {"code": failure.code, "message": failure.message, "hint": failure.hint}
        sys.stderr.write(json_safe(json.dumps({"error": said}, ensure_ascii=False)) + "\n")
    else:
        say([failure.message], "error: ")
        say(failure.hint.splitlines(), "hint: ")


def _output_of(run: Run) -> str | None:
    """How this run prints; None where the config file cannot be read, which may be what failed."""
    try:
        return run.settings["output"]
    except CarepassError:
        return None


def report_unknown(error: Exception, run: Run) -> int:
    """The same for `carepass check`, whose reader is a monitoring system: one line on stdout, and UNKNOWN."""
    from carepass_cli.output.monitoring import UNKNOWN, unknown

    stopped = isinstance(error, typer.Abort | BrokenPipeError)
    failure = CarepassError("Stopped.") if stopped else _as_failure(error, run)
    try:
        if failure is not None:
            sys.stdout.write(unknown(f"{failure.message} {failure.hint}")[0] + "\n")
        sys.stdout.flush()
    except OSError:
        _quiet_pipe()  # nobody hears the line; the exit code still speaks
    return UNKNOWN


def _as_failure(error: Exception, run: Run) -> CarepassError | None:
    if isinstance(error, Unwritable) and run.changes:
        return _output_failed(error.message, run)
    if isinstance(error, CarepassError):
        return error
    if isinstance(error, typer.TyperException):
        return _usage(error)
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        silence(sys.stdout)
        return _output_failed(f"The output cannot be written: {error.strerror}.", run)
    return _unexpected(error, run)


def _output_failed(fact: str, run: Run) -> CarepassError:
    """What is printed, or a FILE, finds no room: that is told, and what the store has all the same."""
    kept = ", ".join(str(number) for number in run.changes)
    what = "changes" if len(run.changes) > 1 else "change"
    return CarepassError(
        fact + (f" The write was kept: {what} {kept}." if kept else ""),
        "Look at it again where there is room"
        + (f", or take it back: carepass audit undo {run.changes[-1]}" if kept else "."),
        code="output-failed",
    )


def _usage(error: typer.TyperException) -> CarepassError | None:
    from carepass_cli.errors import UsageError

    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        # A group without a command: the help is the answer.
        sys.stderr.write(error.format_message() + "\n")
        raise SystemExit(2)
    message = re.sub(ANY_DATE, "a date", error.format_message().replace("\n", " ").strip())
    hint = f"See: {context.command_path} --help" if context is not None else ""
    option = getattr(error, "option_name", "")
    if context is not None and any(option in each.opts for each in context.find_root().command.params):
        hint = f"It goes before the command: carepass {option} ... {context.command_path.partition(' ')[2]}"
    return UsageError(message, hint)


def _unexpected(error: Exception, run: Run) -> CarepassError:
    import traceback

    place = _log(_without_secrets("".join(traceback.format_exception(error)), run))
    if damage := _damage(run):
        return damage
    return CarepassError(
        f"Something unexpected went wrong: {type(error).__name__}.",
        f"The details are in {place}; please report them."
        if place
        else "The details cannot be written to the log. Let XDG_STATE_HOME name a folder that you may "
        "write to, and run it again.",
    )


def _damage(run: Run) -> CarepassError | None:
    """What is wrong with the store, where its rows are not as carepass wrote them: a value that cannot be is
    met anywhere, and as anything."""
    from carepass_cli.errors import StoreUnavailable
    from carepass_cli.store.health import find_damage
    from carepass_cli.store.opening import find_reader

    try:
        reader = find_reader(run.db)
    except Exception:  # whatever else is wrong with it: the log has what was met first
        return None
    try:
        found = find_damage(reader, run.db) if reader else None
    except Exception:
        found = "its rows cannot be read"
    if found is None:
        return None
    return StoreUnavailable(
        f"The store is damaged: {found}.",
        "See all of it: carepass store check --full; then restore a backup: carepass store restore FILE",
        code="store-damaged",
    )


def _without_secrets(text: str, run: Run) -> str:
    """A traceback repeats what a driver was called with."""
    from carepass_cli.store.url import split_url

    for name in ("db", "smtp"):
        with suppress(CarepassError):
            url = run.settings[name] or ""
            if "://" in url:
                text = text.replace(url, split_url(url).shown())
                if password := split_url(url).password:
                    text = text.replace(password, "***")
    return text


def _log(text: str) -> str | None:
    """Append a traceback to the log file (0600); None where that cannot be done."""
    from datetime import UTC, datetime

    try:
        path = log_path()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat()}\n{text}\n")
    except (OSError, CarepassError):  # a full disk; a user without a home directory
        return None
    return str(path)


def _quiet_pipe() -> int:
    # The reader of the pipe has gone (`| head`): nobody is left to tell.
    silence(sys.stdout)
    return 0
