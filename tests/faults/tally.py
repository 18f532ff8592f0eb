"""What killing commands came to."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What the rounds came to. A kill counts where the command was still running."""

    kills: Counter[str] = field(default_factory=Counter)
    done_before: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.half]

    def lines(self) -> list[str]:
        table = [f"{'command':<10}{'killed':>8}{'ended first':>13}{'killed, yet kept':>18}"]
        for kind in sorted(self.kills | self.done_before):
            row = (self.kills[kind], self.done_before[kind], self.kept[kind])
            table.append(f"{kind:<10}{row[0]:>8}{row[1]:>13}{row[2]:>18}")
        told = f"{self.kills.total()} kills: {len(self.lost)} lost, {len(self.doubled)} doubled, "
        return [*table, f"{told}{len(self.half)} half done", *self.faults]
