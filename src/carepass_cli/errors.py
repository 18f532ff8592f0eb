"""The one exception tree. Each class carries its exit code; each error its machine code.

A message is *fact*, the hint is *what to do*. Errors are caught once, in `main`.
"""

# Characters of a name that are repeated when nobody bears it.
NAMED_MOST = 120


class CarepassError(Exception):
    """Anything that carepass tells a person instead of doing what was asked.

    `code` is the stable name that scripts read; `hint` says what to do next and may be empty.
    """

    exit_code = 1
    default_code = "unexpected"

    def __init__(self, message: str, hint: str = "", *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.default_code


class UsageError(CarepassError):
    """The call itself is wrong: an option, a value, a missing answer."""

    exit_code = 2
    default_code = "usage"


class GivenTwice(UsageError):
    """An option that takes one value has two."""

    default_code = "given-twice"

    def __init__(self, option: str, *, flag: bool = False) -> None:
        fact = f"{option} contradicts itself." if flag else f"{option} takes one value, and there are two."
        super().__init__(fact, "Give it once.")


class NoSuchCommand(UsageError):
    """A word that is no command. `path` is the command before it, `near` the whole commands that were perhaps
    meant."""

    def __init__(self, word: str, path: str, near: list[str]) -> None:
        hint = f"Did you mean: {' or '.join(near)}" if near else f"See: {path} --help"
        super().__init__(f"There is no command '{word[:60]}' in {path}.", hint)


class InvalidValue(UsageError):
    """A value that cannot be: a date that is no date, a control character in a name."""

    default_code = "invalid-value"


class MissingExtra(UsageError):
    """A part of carepass that is installed on demand is not installed."""

    default_code = "extra-not-installed"

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(
            f"{what} needs the extra '{extra}', which is not installed.",
            f"Install it, where carepass was installed from: pip install '.[{extra}]'",
        )


class NotFound(CarepassError):
    """What was named does not exist, or not yet on the day that was asked about."""

    exit_code = 3
    default_code = "not-found"

    def __init__(
        self, kind: str, name: str, known: tuple[str, ...] = (), hint: str = "", *, at: str = ""
    ) -> None:
        self.kind, self.name = kind, name
        if len(name) > NAMED_MOST:
            name, known = f"{name[:NAMED_MOST]}...", ()
        near = nearest_hint(name, known)
        self.is_near = bool(near)
        said = hint or near or f"Look it up: carepass {kind.split()[0]} list"
        super().__init__(f"There is no {kind} '{name}'{f' at {at}' if at else ''}.", said)


class Refused(CarepassError):
    """A rule says no. `code` names the rule."""

    exit_code = 4
    default_code = "refused"


class ExistsLater(Refused):
    """What a write as of an earlier day would make is there, dated later: from `on` it no longer is."""

    default_code = "exists-later"

    def __init__(self, message: str, on: object) -> None:
        super().__init__(
            message, f"Choose {on} or a later day with --today; once it has come, leave that out."
        )


class RoleNotConfirmed(Refused):
    """Only a confirmed role may register for training (the portal's first rule)."""

    default_code = "role-not-confirmed"


class IdentityMismatch(Refused):
    """What was given about a person does not match the account. Never says which part."""

    default_code = "identity-mismatch"

    def __init__(self) -> None:
        super().__init__(
            "The details given do not match this account.",
            "Check portal ID, employee number, birthdate and last name with the person.",
        )


class AlreadyDecided(Refused):
    """A line that a person decided is not decided again."""

    default_code = "already-decided"


class WindowClosed(Refused):
    """The 14 days are over."""

    default_code = "window-closed"


class InTheFuture(Refused):
    """Nothing is dated after today."""

    default_code = "in-the-future"


class TokenRefused(Refused):
    """A token that was used, replaced or has expired."""

    default_code = "token-expired"


class BatchRefused(CarepassError):
    """A batch had bad rows."""

    exit_code = 5
    default_code = "bad-rows"


class StoreUnavailable(CarepassError):
    """The store cannot be used: missing, locked, damaged, not ours, newer than this program."""

    exit_code = 6
    default_code = "store-unavailable"


class ReportFoundSomething(CarepassError):
    """A report that was asked to fail (`--fail-if-any`) found something."""

    exit_code = 10
    default_code = "found"


def nearest_hint(name: str, known: tuple[str, ...]) -> str:
    """'Did you mean ...?' for the nearest of the known names, else an empty string."""
    if name in known:
        return "It was created after the day you are looking at; leave --today out, or choose a later day."
    near = nearest(name, known)
    return f"Did you mean {' or '.join(near)}?" if near else ""


def nearest(name: str, known: tuple[str, ...], cutoff: float = 0.6) -> list[str]:
    """Those of the known names that are most like `name`, three at most; case counts only where it helps."""
    if not known:
        return []
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=3, cutoff=cutoff)
    if near:
        return near
    by_folded = {each.casefold(): each for each in known}
    return [by_folded[each] for each in get_close_matches(name.casefold(), by_folded, n=3, cutoff=cutoff)]
