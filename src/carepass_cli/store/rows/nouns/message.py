"""What is seen of a message as of a day.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import Any, NamedTuple

from carepass_cli.rules import letter

# The public keys, in their order.
KEYS = ("id", "kind", "to", "subject", "queued_on", "sent_on", "status")

MESSAGE = """
    m.id, m.kind, m."to", NULL AS "subject", m.queued_on, CASE WHEN m.sent_on <= :today THEN
    m.sent_on END AS "sent_on", m.language, m.params, m.account_id, COALESCE(m.once_key, '') AS
    "once_key", CASE WHEN m.cancelled_on <= :today THEN m.cancelled_on END AS "cancelled_on", CASE
    WHEN m.cancelled_on <= :today THEN m.cancel_reason END AS "cancel_reason"
"""


class Message(NamedTuple):
    """Mail in the outbox. The text is made from `kind` and `params` (JSON) when it is shown or sent.

    `once_key` is unique: what would be the same message again is not queued twice. `under_way_at` (real
    time, UTC) stands only while a run hands the message over: where that run was killed, it stays."""

    id: int
    kind: str
    to: str
    subject: str | None
    queued_on: date
    sent_on: date | None
    language: str
    params: str
    account_id: int | None
    once_key: str
    cancelled_on: date | None
    cancel_reason: str | None

    @property
    def status(self) -> str:
        """Where it stands."""
        return letter.status(self.sent_on, self.cancelled_on)

    @property
    def values(self) -> dict[str, Any]:
        """What fills the template, out of its JSON."""
        return letter.values(self.params)

    @property
    def about(self) -> str:
        """What a once-key names behind the sort of letter: a line, or a record and a day before."""
        return letter.about(self.once_key)

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return {key: getattr(self, key) for key in KEYS}
