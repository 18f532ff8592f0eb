"""The line of `carepass check`, after the guidelines of the monitoring plugins (Nagios, Icinga)."""

from dataclasses import asdict, dataclass

from carepass_cli.output.clean import shown

OK, WARNING, CRITICAL, UNKNOWN = range(4)
_NAMES = ("OK", "WARNING", "CRITICAL", "UNKNOWN")

_CRITICAL = ("expired", "overdue")
_WARNING = ("expiring", "lapsed", "pending", "late")
# `|` begins the perfdata; old web interfaces print the line as HTML.
_NEUTRAL = str.maketrans("|<>", "/()")


@dataclass(frozen=True)
class Counts:
    """How many of each there are, 0 or more. The perfdata has them in this order."""

    expiring: int = 0
    expired: int = 0
    overdue: int = 0
    lapsed: int = 0
    pending: int = 0
    waiting: int = 0
    late: int = 0


def status_line(counts: Counts, *, urgent: int = 0, crit: str = "", waiting_long: int = 0) -> tuple[str, int]:
    """The line, perfdata included, without a line break; and the exit code 0, 1 or 2.

    Anything expired or overdue is CRITICAL, and so are the `urgent` ones among `expiring`, whose time is
    shorter than the span `crit`; else anything expiring, lapsed, pending or late is a WARNING, and so is what
    waits for a decision where `waiting_long` of it have for more than two business days.
    """
    of = asdict(counts)
    found = [f"{of[name]} {name}" for name in (*_CRITICAL, *_WARNING) if of[name]]
    if waiting_long:
        found.append(f"{counts.waiting} waiting, {waiting_long} of them for more than two business days")
    if urgent:
        found.insert(0, f"{urgent} with less than {crit} left")
    if urgent or any(of[name] for name in _CRITICAL):
        code = CRITICAL
    elif found:
        code = WARNING
    else:
        code = OK
    said = ", ".join(found) or "nothing expired, overdue, expiring, lapsed, pending, waiting or late"
    return f"{_line(code, said)} | {' '.join(_perfdata(name, count) for name, count in of.items())}", code


def unknown(message: str) -> tuple[str, int]:
    """The line and the exit code 3 for a check that could not be made; `message` says why.

    Its line breaks become spaces, `|` becomes `/` and angle brackets become round ones.
    """
    return _line(UNKNOWN, shown(" ".join(message.split())).translate(_NEUTRAL)), UNKNOWN


def _line(code: int, said: str) -> str:
    return f"CAREPASS {_NAMES[code]} - {said}"


def _perfdata(name: str, count: int) -> str:
    """`label=value;warn;crit;min`: a range of `0` alerts on anything above nought; `waiting` has none."""
    if name in _CRITICAL:
        return f"{name}={count};;0;0"
    return f"{name}={count};0;;0" if name in _WARNING else f"{name}={count};;;0"
