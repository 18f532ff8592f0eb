"""Rows of the tables in `schema.training`.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple


class CartLine(NamedTuple):
    """A course in a person's cart, for the role that asks for it. Closed when removed or submitted."""

    account_id: int
    course_id: int
    role_id: int
    added_on: date
    id: int = 0
    self_pay: bool = False
    closed_on: date | None = None


class Submission(NamedTuple):
    """A cart as it was submitted. Its id is the number that people see."""

    account_id: int
    submitted_on: date
    id: int = 0


class SubmissionLine(NamedTuple):
    """One course of a submission: `SUBMISSION/CODE`."""

    submission_id: int
    course_id: int
    role_id: int
    id: int = 0
    self_pay: bool = False


class Decision(NamedTuple):
    """What was decided about a line over time: first by the rules, then at most once by a person."""

    line_id: int
    from_on: date
    decision: str
    reason: str
    id: int = 0
    until_on: date | None = None
    payer: str | None = None
    decided_by: str | None = None


class Registration(NamedTuple):
    """One attempt at one course, from its approval on. `access_by` is the day worked out when it was
    approved; until access is given the home's closing days may move it."""

    line_id: int
    account_id: int
    course_id: int
    attempt: int
    payer: str
    approved_on: date
    access_by: date
    access_on: date | None = None
    completed_on: date | None = None
    failed_on: date | None = None
    withdrawn_on: date | None = None


class Extension(NamedTuple):
    """A later last day for a registration, from `extended_on` on."""

    line_id: int
    extended_on: date
    complete_by: date
    reason: str
    id: int = 0


class Completion(NamedTuple):
    """A person completed a course. Kept for ever; a mistake is voided from a day on.

    `expires_on` is the last valid day as it stands now (NULL: never expires); what it was on earlier days is
    in `expiry_change`. `expires_given` says that the certificate itself names it. `anniversary_on` is the day
    that a renewal by expiry counts from (the last day without extensions), and `window` the renewal window
    that held when it was recorded, as a span. `observer_id` is who saw the competence."""

    account_id: int
    course_id: int
    completed_on: date
    source: str
    change_id: int
    id: int = 0
    expires_on: date | None = None
    provider: str | None = None
    evidence: str | None = None
    verified_by: str | None = None
    line_id: int | None = None
    voided_on: date | None = None
    void_reason: str | None = None
    expires_given: bool = False
    anniversary_on: date | None = None
    window: str | None = None
    observer_id: int | None = None


class ExpiryChange(NamedTuple):
    """The last day of a record was another one until `changed_on`: an authority extended it, or the course's
    validity was worked out anew. `expires_before` and `anniversary_before` are what they were."""

    completion_id: int
    changed_on: date
    kind: str
    reason: str
    change_id: int
    id: int = 0
    expires_before: date | None = None
    expires_after: date | None = None
    anniversary_before: date | None = None
