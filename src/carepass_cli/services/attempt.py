"""What happens to an attempt at a course: each step gives the line as it is after a day, or refuses. Nothing
is read or written. The same line comes back where nothing changes."""

from collections.abc import Callable
from datetime import date

from carepass_cli.errors import InTheFuture, Refused, WindowClosed
from carepass_cli.store.rows.nouns.line import Line


def refuse_unregistered(line: Line) -> None:
    """Raise Refused for a line that is not approved."""
    if not line.status:
        waits = line.decision == "submitted"
        raise Refused(
            f"{line.line} is {line.decision}, not approved.",
            f"{'Decide it' if waits else 'To overrule it'}: carepass submission approve {line.line}",
            code="not-approved",
        )


def refuse_ended(line: Line) -> None:
    """Raise Refused for an attempt that is completed, failed or withdrawn."""
    if line.status in ("completed", "failed", "withdrawn"):
        day = line.completed_on or line.failed_on or line.withdrawn_on
        raise Refused(
            f"{line.line} is {line.status} since {day}.",
            "Put the course in the cart again for another attempt.",
            code=f"already-{line.status}",
        )


def grant(line: Line, on: date | None, today: date) -> Line:
    """Give access on a day (today): the 14 days start.

    Raises InTheFuture for a later day, Refused for one before the approval.
    """
    day = _past_day(on, today)
    if line.access_on is not None:
        if on is not None and line.access_on != on:
            raise Refused(
                f"Access to {line.line} was given on {line.access_on}.",
                f"For a later last day: carepass registration extend {line.line} --to DATE --reason WHY",
                code="access-given",
            )
        return line
    refuse_ended(line)
    if line.approved_on and day < line.approved_on:
        raise Refused(
            f"{line.line} was approved on {line.approved_on}; access cannot come before.",
            "Give a later --on.",
            code="before-approval",
        )
    return line._replace(access_on=day)


def complete(line: Line, on: date | None, today: date) -> Line:
    """Complete the course on a day (today) inside its window.

    Raises InTheFuture, Refused `before-access`, and WindowClosed after the last day (which still counts).
    """
    day = _past_day(on, today)
    if line.completed_on is not None:
        if on is not None and line.completed_on != on:
            raise Refused(
                f"{line.line} was completed on {line.completed_on}.",
                "To correct it, void its record and add the right one: "
                f"carepass record list {line.portal_id}",
                code="already-completed",
            )
        return line
    refuse_ended(line)
    if line.access_on is None:
        raise Refused(
            f"Access to {line.line} was not given yet.",
            f"First: carepass registration grant {line.line} --on DATE",
            code="before-access",
        )
    if day < line.access_on:
        raise Refused(
            f"Access to {line.line} was given on {line.access_on}; it cannot be completed before.",
            "Give a later --on.",
            code="before-access",
        )
    if _has_lapsed(line, day):
        raise WindowClosed(
            f"The last day of {line.line} was {line.complete_by}.",
            f"A retake is needed, or: carepass registration extend {line.line} --to DATE --reason WHY",
        )
    return line._replace(entered_on=day)


def fail(line: Line, on: date | None, today: date) -> Line:
    """The attempt failed on a day (today). A further one is a retake."""
    day = _past_day(on, today)
    if line.status == "failed":
        return line
    refuse_ended(line)
    _refuse_before(line, day)
    if line.access_on is None or _has_lapsed(line, day):
        raise Refused(
            f"{line.line} is {line.status}, not in progress.",
            "Only a course under way can be failed.",
            code="not-in-progress",
        )
    return line._replace(failed_on=day)


def withdraw(line: Line, on: date | None, today: date) -> Line:
    """Give a registration back on a day (today). Before access it costs nothing; after it, another try is a
    retake."""
    day = _past_day(on, today)
    if line.status == "withdrawn":
        return line
    refuse_ended(line)
    _refuse_before(line, day)
    if _has_lapsed(line, day):
        raise WindowClosed(
            f"The last day of {line.line} was {line.complete_by}; it has lapsed.",
            "There is nothing to withdraw from. A further attempt starts in the cart: "
            f"carepass cart add {line.portal_id} {line.code}",
        )
    return line._replace(withdrawn_on=day)


def extend(line: Line, to: date) -> Line:
    """Move the last day of a registration with access to a later one."""
    if line.complete_by == to:
        return line
    refuse_ended(line)
    if line.access_on is None or line.complete_by is None:
        raise Refused(
            f"Access to {line.line} was not given yet; there is nothing to extend.",
            f"First: carepass registration grant {line.line}",
            code="before-access",
        )
    if to < line.complete_by:
        raise Refused(
            f"{to} is before the last day there is now, {line.complete_by}.",
            "Give a later --to; an extension only ever gives more time.",
            code="not-later",
        )
    return line._replace(extended_to=to)


# By the date that each step sets, in the order in which they can happen.
STEPS: dict[str, Callable[[Line, date | None, date], Line]] = {
    "access_on": grant,
    "completed_on": complete,
    "failed_on": fail,
    "withdrawn_on": withdraw,
}


def _past_day(on: date | None, today: date) -> date:
    if on is not None and on > today:
        raise InTheFuture(f"{on} lies in the future.", f"Give a day up to today, {today}.")
    return on or today


def _has_lapsed(line: Line, day: date) -> bool:
    """Whether a registration with access had lapsed by `day`."""
    return line.complete_by is not None and line.complete_by < day


def _refuse_before(line: Line, day: date) -> None:
    first, what = (line.access_on, "access") if line.access_on else (line.approved_on, "approval")
    if first and day < first:
        raise Refused(
            f"{day} is before the {what} of {line.line}, {first}.", "Give a later day.", code=f"before-{what}"
        )
