"""The entry point: answers `--version` before anything heavy is imported, else opens the front door."""

import gc
import os
import signal
import sys


def run() -> None:
    """Run the command line of this process and exit with its code."""
    # Files that we make hold people's data: nobody but the owner may read them.
    os.umask(0o077)
    _open_what_is_closed()
    _heed_signals()
    if sys.argv[1:] == ["--version"]:
        from carepass_cli import __version__

        sys.stdout.write(f"carepass {__version__}\n")
        return
    if sys.stdout.isatty():
        # What a terminal's alphabet lacks is written out.
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    else:
        # What programs read is UTF-8, whatever the locale of the person who started us.
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    # A short run makes little garbage and imports a great deal: the collector would walk
    # every module again and again for nothing (a tenth of the time of a write) ...
    gc.disable()
    try:
        from carepass_cli.main import app

        app(prog_name="carepass")
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        # ... and once more at the end, whatever is disabled (a sixth), except over what is frozen.
        gc.freeze()


def _heed_signals() -> None:
    """Leave in order where we are told to stop: files in the making are copies of people's data. What the
    caller had us ignore (`nohup`) stays ignored."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def _open_what_is_closed() -> None:
    """A caller may have closed stdin, stdout or stderr (`>&-`): nothing comes from there, what is written
    goes nowhere, and the exit code still tells. Left closed, the next file that is opened would take its
    place."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115


if __name__ == "__main__":
    run()
