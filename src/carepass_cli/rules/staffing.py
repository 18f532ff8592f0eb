"""What a list of a home's staff asks for: who joins, moves, leaves, is on leave, returns.

A role's `ended_on` is the first day on which it no longer counts; one that a move ends is over the day
before the new one starts.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from carepass_cli.rules.fields import folded

Standing = Literal["staying", "on-leave", "leaving"]
Action = Literal["join", "move", "leave", "on-leave", "return", "update", "missing", "unchanged", "skipped"]

# The words for a standing, in English and French; case and accents do not matter, a blank stays. What
# could be one or the other (`inactive`, `absent`) is not among them: --value says it.
STAYING = (
    *("active", "active employee", "employed", "working", "current", "at work", "full time", "part time"),
    *("casual", "temporary", "permanent", "probation", "pending", "confirmed", "actif", "en poste"),
    *("employé", "employée", "en emploi", "temps plein", "temps partiel", "occasionnel", "temporaire"),
)
ON_LEAVE = (
    *("on leave", "leave", "leave of absence", "loa", "maternity leave", "parental leave", "medical leave"),
    *("sick leave", "disability", "en congé", "congé", "congé de maternité", "congé parental"),
    *("congé de maladie", "invalidité"),
)
LEAVING = (
    *("terminated", "left", "leaver", "resigned", "retired", "dismissed", "deceased", "quit", "former"),
    *("ended", "departed", "laid off", "terminé", "terminée", "parti", "partie", "démission", "démissionné"),
    *("démissionnaire", "retraité", "retraitée", "licencié", "licenciée", "congédié", "congédiée", "décédé"),
    *("décédée", "fin d'emploi", "a quitté"),
)


def _plain(word: str) -> str:
    return " ".join(folded(word).replace("’", "'").replace("-", " ").replace("_", " ").split())


_STANDINGS: dict[str, Standing] = {
    "": "staying",
    **{_plain(word): "staying" for word in STAYING},
    **{_plain(word): "on-leave" for word in ON_LEAVE},
    **{_plain(word): "leaving" for word in LEAVING},
}


def find_standing(word: str) -> Standing | None:
    """What a status word of a staff list means; None for one that is not known."""
    return _STANDINGS.get(_plain(word))


class Held(NamedTuple):
    """A role that a person holds at the home, or held last. `ended_on` and `declined` say that it is over."""

    role_id: int
    start_on: date
    confirmed_on: date | None = None
    ended_on: date | None = None
    declined: bool = False

    @property
    def is_live(self) -> bool:
        return self.ended_on is None and not self.declined


class Listed(NamedTuple):
    """A row of the list about one person: the role (None where the row names none), and how it stands."""

    line: int
    role_id: int | None
    start_on: date | None
    standing: Standing
    ended_on: date | None

    def leaves(self, today: date) -> bool:
        """Whether the row says that the role is over; an end that lies ahead is none yet."""
        if self.ended_on is not None:
            return self.ended_on <= today
        return self.standing == "leaving"


class Step(NamedTuple):
    """What is to be done about one role. `line` is the row that asks for it, None where no row does;
    `start_on` is that of the role that is given, `ended_on` ends `ends`, the role that is taken; `is_pending`
    says that a role that stays is not confirmed yet."""

    action: Action
    line: int | None
    role_id: int | None = None
    start_on: date | None = None
    ended_on: date | None = None
    ends: Held | None = None
    is_pending: bool = False


def plan_person(held: Sequence[Held], rows: Sequence[Listed], today: date) -> list[Step]:
    """The steps that make a person's roles at the home what the list says, one a row, and one for each role
    held that no row speaks of. Rows of one role do not contradict each other, and all that stay name a role.
    """
    live = {each.role_id: each for each in held if each.is_live}
    over = {each.role_id: each for each in held if not each.is_live}
    staying = [row for row in rows if not row.leaves(today)]
    leaving = [row for row in rows if row.leaves(today)]
    steps = _endings(live, over, leaving, today, everything=not staying)
    ended = {step.ends.role_id for step in steps if step.ends is not None}
    named = {row.role_id for row in staying}
    gone = [each for role_id, each in live.items() if role_id not in named | ended]
    new = [row for row in staying if row.role_id not in live]
    if len(gone) == 1 and len(new) == 1:
        steps.append(_move(gone.pop(), new[0], today))
        new = []
    steps += [_beginning(row, over, today) for row in new]
    for row in staying:
        if (kept := live.get(row.role_id or 0)) is not None:
            steps.append(Step("unchanged", row.line, row.role_id, is_pending=kept.confirmed_on is None))
    if staying:
        steps += [Step("missing", None, each.role_id, ends=each, ended_on=today) for each in gone]
    return steps


def _endings(
    live: dict[int, Held], over: dict[int, Held], leaving: Sequence[Listed], today: date, *, everything: bool
) -> list[Step]:
    """What the leaving rows end: each its role; where a person leaves with every row, all that is held."""
    steps: list[Step] = []
    left = dict(live)
    for row in leaving:
        held = left.pop(row.role_id, None) if row.role_id is not None else None
        if held is None and everything and left and row is leaving[-1]:
            held = left.pop(next(iter(left)))
        if held is not None:
            steps.append(_ending(held, row, today))
        else:
            known = row.role_id in over or row.role_id in live or (everything and over)
            steps.append(Step("unchanged" if known else "skipped", row.line, row.role_id))
    if everything and leaving:
        steps += [_ending(held, leaving[-1], today)._replace(line=None) for held in left.values()]
    return steps


def _ending(held: Held, row: Listed, today: date) -> Step:
    return Step("leave", row.line, held.role_id, ends=held, ended_on=row.ended_on or today)


def _move(held: Held, row: Listed, today: date) -> Step:
    """Lists keep the day of hire: a start that is no later than the old role's does not date the move. One
    that lies ahead is none yet."""
    start = row.start_on if row.start_on is not None and row.start_on > held.start_on else today
    if start > today:
        return Step("unchanged", row.line, row.role_id)
    ended = start - timedelta(days=1)
    if held.confirmed_on is not None:
        ended = max(ended, held.confirmed_on)
    return Step("move", row.line, row.role_id, start_on=start, ended_on=ended, ends=held)


def _beginning(row: Listed, over: dict[int, Held], today: date) -> Step:
    before = over.get(row.role_id) if row.role_id is not None else None
    if before is None or before.ended_on is None:
        return Step("join", row.line, row.role_id, start_on=row.start_on or today)
    # With the same start the old due dates stay, as they count from it.
    later = row.start_on is not None and row.start_on > before.start_on
    return Step("return", row.line, row.role_id, start_on=row.start_on if later else before.start_on)
