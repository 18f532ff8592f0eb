"""From an exception to what the person sees: one message, one hint, one exit code."""

import os
import re
import sys
from collections.abc import Mapping, Sequence

import typer

from carepass_cli.errors import CarepassError
from carepass_cli.output.clean import json_safe, shown

# The parser repeats the word that it cannot place: it may be a birthdate.
ANY_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


def report_failure(error: Exception, args: Sequence[str], environ: Mapping[str, str]) -> int:
    """Tell the person what went wrong, on stderr, and return the exit code.

    `args` and `environ` tell whether a script listens: with `-o json` or `ndjson` the error is one
    JSON object.
    """
    if isinstance(error, BrokenPipeError):
        return _quiet_pipe()
    if isinstance(error, typer.Abort):
        sys.stderr.write("Stopped; nothing more was done.\n")
        return 130
    failure = _as_failure(error)
    if failure is None:
        return 0
    if _wants_json(args, environ):
        import json

        told = {"code": failure.code, "message": failure.message, "hint": failure.hint}
        sys.stderr.write(json_safe(json.dumps({"error": told}, ensure_ascii=False)) + "\n")
    else:
        sys.stderr.write(f"error: {shown(failure.message)}\n")
        for line in failure.hint.splitlines():
            sys.stderr.write(f"hint: {shown(line)}\n")
    return failure.exit_code


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


def _wants_json(args: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Whether the output was asked for as JSON, read from the raw words: parsing may be what failed."""
    wanted = None
    for index, word in enumerate(args):
        if word == "--":
            break
        if word.startswith("--output="):
            wanted = word.removeprefix("--output=")
        elif word == "--output" or _ends_in_output(word):
            wanted = args[index + 1] if index + 1 < len(args) else ""
        elif word.startswith("-o"):
            wanted = word[2:]
    return (_set_output(environ) if wanted is None else wanted) in ("json", "ndjson")


def _set_output(environ: Mapping[str, str]) -> str | None:
    """What the environment says, or the config file; None where that cannot be read."""
    from carepass_cli.settings import Settings

    try:
        return Settings({}, environ)["output"]
    except CarepassError:
        return None


def _ends_in_output(word: str) -> bool:
    """`-o`, alone or after other short flags (`-qo`): its value is the next word."""
    return word.startswith("-") and word.endswith("o") and set(word[1:-1]) <= {"q", "n"}


def _quiet_pipe() -> int:
    # The reader of the pipe has gone (`| head`): nobody is left to tell.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    return 0
