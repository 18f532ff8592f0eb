"""A short run of `kill_loop`: a few kills of each kind; and that it would notice a loss."""

from pathlib import Path

import pytest

from tests.faults.kill_loop import loop
from tests.faults.rounds import Rounds


def test_nothing_is_lost_doubled_or_half_done(tmp_path: Path) -> None:
    tally = loop(15, 7, str(tmp_path / "store" / "carepass.db"), tmp_path)
    assert tally.faults == []
    assert tally.kills.total() == 15


def test_a_loss_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = Rounds(str(tmp_path / "carepass.db"), tmp_path, 1)
    rounds.write()
    assert rounds.tally.faults == []
    monkeypatch.setattr(Rounds, "_answer", lambda rounds, sql: 0)
    rounds.write()
    assert rounds.tally.faults
