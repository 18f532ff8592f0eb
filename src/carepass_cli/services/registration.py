"""The life of registrations: access, the 14 days, completion, and the ways one can end without it. A single
command is a list of one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from carepass_cli.errors import CarepassError
from carepass_cli.services.attempt import STEPS, extend, refuse_unregistered
from carepass_cli.services.outbox import Letter, queue_letters
from carepass_cli.services.outcome import UNCHANGED, UPDATED, Outcome
from carepass_cli.services.record import Wish, check_completion, completion, write_records
from carepass_cli.services.validity import Studied
from carepass_cli.store.audit import Entry
from carepass_cli.store.queries.accounts import accounts_by_id, birthdates_of
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.lines import find_lines, missing_line
from carepass_cli.store.queries.many import known_completions
from carepass_cli.store.rows.nouns.line import REGISTRATION_KEYS, Line
from carepass_cli.store.rows.training import Extension, Registration
from carepass_cli.store.unit import Unit

# What the log calls the steps.
ACTIONS = {"access_on": "grant", "completed_on": "complete", "failed_on": "fail", "withdrawn_on": "withdraw"}


class Move(NamedTuple):
    """What happened to the registration of a line: days (None: today) of steps, in the order of STEPS."""

    line: str
    days: Mapping[str, date | None]


class _Step(NamedTuple):
    """A step to be written: the date that it sets, and the line before and after it."""

    column: str
    before: Line
    now: Line


class Registrations:
    """Registrations that move on; the courses that are completed are looked up once."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._studied: Callable[[str], Studied] = cache(
            lambda code: Studied(unit, get_course(unit, unit.today, code))
        )

    def move(self, moves: Sequence[Move]) -> list[str | CarepassError]:
        """Take the steps of each move. Says of each what came of it: a result, or why it is refused; then
        none of its steps is written."""
        unit, outcomes = self._unit, dict[int, str | CarepassError]()
        lines = find_lines(unit, unit.today, [each.line for each in moves])
        completing = {
            lines[each.line].account_id for each in moves if _completes(each) and each.line in lines
        }
        born = birthdates_of(unit, completing)
        for number, wave in enumerate(_waves(moves, lines)):
            if number:
                lines |= find_lines(unit, unit.today, [move.line for _, move in wave])
            steps: list[_Step] = []
            for place, move in wave:
                try:
                    line = lines[move.line]
                    taken = self._steps(line, move, born.get(line.account_id))
                except CarepassError as error:
                    outcomes[place] = error
                else:
                    outcomes[place] = UPDATED if taken else UNCHANGED
                    steps += taken
            self._write(steps)
        for place, move in enumerate(moves):
            if place not in outcomes:
                outcomes[place] = missing_line(unit, unit.today, move.line)
        return [outcomes[place] for place in range(len(moves))]

    def _steps(self, line: Line, move: Move, born: date | None) -> list[_Step]:
        """The steps of a move that change something. Raises CarepassError."""
        today, steps = self._unit.today, []
        refuse_unregistered(line)
        for column, on in move.days.items():
            now = STEPS[column](line, on, today)
            if now is line:
                continue
            if column == "completed_on":
                check_completion(today, on or today, None, born)
            steps.append(_Step(column, line, now))
            line = now
        return steps

    def _write(self, steps: Sequence[_Step]) -> None:
        """Write steps, of which no two are the same one of a registration."""
        unit = self._unit
        for column, action in ACTIONS.items():
            taken = [step for step in steps if step.column == column]
            unit.update(Registration, {now.id: {column: getattr(now, column)} for _, _, now in taken})
            if column == "completed_on":
                write_records(unit, [self._completion(step.now) for step in taken])
            unit.audit_all([_entry(action, step.before, step.now) for step in taken])
            if column == "access_on":
                _tell_access(unit, [step.now for step in taken])

    def _completion(self, line: Line) -> Wish:
        assert line.completed_on is not None
        course = self._studied(line.code)
        row = completion(course, line.account_id, line.completed_on)
        return Wish(line.portal_id, course, row._replace(source="registration", line_id=line.id))


def grant_access(unit: Unit, lines: Sequence[str], on: date | None = None) -> list[Outcome]:
    """Give access to lines on a day (today), as `attempt.grant` does; the first that is refused refuses all.
    Given already: `unchanged`."""
    outcomes = _move_all(unit, lines, "access_on", on)
    return [
        _saying(each, f"To be completed by {each.item['complete_by']}, that day included.")
        for each in outcomes
    ]


def complete_registrations(unit: Unit, lines: Sequence[str], on: date | None = None) -> list[Outcome]:
    """Complete lines on a day (today), as `attempt.complete` does, and write the completions."""
    outcomes = _move_all(unit, lines, "completed_on", on)
    found = find_lines(unit, unit.today, lines)
    keys = [(each.account_id, each.course_id, on or unit.today) for each in found.values()]
    records = known_completions(unit, unit.today, keys)
    said = []
    for named, outcome in zip(lines, outcomes, strict=True):
        line = found[named]
        record = records.get((line.account_id, line.course_id, on or unit.today))
        if outcome.result == UPDATED and record is not None:
            last = record.expires_on
            told = f"Valid through {last}." if last else "It does not expire."
            outcome = _saying(outcome, f"Record {record.record}. {told}")
        said.append(outcome)
    return said


def fail_registrations(unit: Unit, lines: Sequence[str], on: date | None = None) -> list[Outcome]:
    """Attempts failed on a day (today), as `attempt.fail` has it."""
    return _move_all(unit, lines, "failed_on", on)


def withdraw_registrations(unit: Unit, lines: Sequence[str], on: date | None = None) -> list[Outcome]:
    """Give registrations back on a day (today), as `attempt.withdraw` does."""
    return _move_all(unit, lines, "withdrawn_on", on)


def extend_registrations(unit: Unit, lines: Sequence[str], to: date, reason: str) -> list[Outcome]:
    """Move the last days of registrations with access to a later one, from today on."""
    found = find_lines(unit, unit.today, lines)
    steps: dict[int, _Step] = {}
    results = []
    for named in lines:
        if named not in found:
            raise missing_line(unit, unit.today, named)
        line = found[named]
        refuse_unregistered(line)
        now = extend(line, to)
        results.append(UNCHANGED if now is line or line.id in steps else UPDATED)
        if now is not line:
            steps[line.id] = _Step("complete_by", line, now)
    rows = [Extension(line_id=key, extended_on=unit.today, complete_by=to, reason=reason) for key in steps]
    unit.insert(rows)
    unit.audit_all([_entry("extend", step.before, step.now, reason) for step in steps.values()])
    return _outcomes(unit, lines, results)


def _move_all(unit: Unit, lines: Sequence[str], column: str, on: date | None) -> list[Outcome]:
    """Take one step with all the lines; raises what the first that is refused is refused for."""
    results = []
    for result in Registrations(unit).move([Move(line, {column: on}) for line in lines]):
        if isinstance(result, CarepassError):
            raise result
        results.append(result)
    return _outcomes(unit, lines, results)


def _outcomes(unit: Unit, lines: Sequence[str], results: Sequence[str]) -> list[Outcome]:
    found = find_lines(unit, unit.today, lines)
    return [
        Outcome(result, found[line].under(REGISTRATION_KEYS))
        for line, result in zip(lines, results, strict=True)
    ]


def _saying(outcome: Outcome, said: str) -> Outcome:
    return outcome._replace(said=(said,)) if outcome.result == UPDATED else outcome


def _completes(move: Move) -> bool:
    return "completed_on" in move.days


def _waves(moves: Sequence[Move], lines: Mapping[str, Line]) -> Iterator[list[tuple[int, Move]]]:
    """The moves of these lines, each with its place, in lists of those that can be decided side by side: what
    one of a list does no other of it depends on. A completion may settle other lines of its person."""
    waiting = [(place, move) for place, move in enumerate(moves) if move.line in lines]
    while waiting:
        wave, later = list[tuple[int, Move]](), list[tuple[int, Move]]()
        moved, people = set[int](), set[int]()
        for place, move in waiting:
            line = lines[move.line]
            if line.id in moved or line.account_id in people:
                later.append((place, move))
                people.add(line.account_id)
                continue
            wave.append((place, move))
            moved.add(line.id)
            if _completes(move):
                people.add(line.account_id)
        yield wave
        waiting = later


def _entry(action: str, line: Line, now: Line, reason: str | None = None) -> Entry:
    keys = ("status", "access_on", "complete_by", "completed_on")
    after = {**now.under(keys), **({"reason": reason} if reason else {})}
    return Entry(action, "registration", line.line, line.account_id, line.under(keys), after)


def _tell_access(unit: Unit, lines: Sequence[Line]) -> None:
    """Queue the letters about the 14 days."""
    if not lines:
        return
    accounts = accounts_by_id(unit, unit.today, {line.account_id for line in lines})
    keys = ("code", "title", "access_on", "complete_by")
    letters = [
        Letter(accounts[line.account_id], line.under(keys), f"access:{line.line}", line.home_id)
        for line in lines
    ]
    queue_letters(unit, "access", letters)
