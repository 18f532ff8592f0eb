"""All that is measured, in one run: start-up and single commands, imports, clearance, the reports and the
proof of a chain, and reports at the size of a home, a chain and the province, beside the work by hand.

    python tests/benchmarks [--province] [--years N] [--folder FOLDER]

The words are those of `scale.py`. Exits 1 where a limit is missed. Half an hour of a quiet machine; with the
province, some two hours.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    missed = 0
    for name, *words in (
        ("startup.py",),
        ("imports.py",),
        ("clearance.py",),
        ("chain.py",),
        ("scale.py", *sys.argv[1:]),
    ):
        print(f"\n== {name}", flush=True)  # noqa: T201
        missed |= subprocess.run([sys.executable, str(HERE / name), *words], check=False).returncode
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
