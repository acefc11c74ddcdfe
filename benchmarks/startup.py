"""How long the command takes to answer, beside the interpreter's own start.

``python benchmarks/startup.py [ROUNDS]`` prints medians in milliseconds. The rounds take turns, so that a busy
machine slows all of them alike.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "tracker --version": ["-m", "tracker", "--version"],
    "tracker --help": ["-m", "tracker", "--help"],
}


def main(rounds: int) -> None:
    """Measure every command ``rounds`` times after one round that only warms up."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(rounds + 1):
        for name, arguments in COMMANDS.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
            if turn:
                taken[name].append((time.perf_counter() - began) * 1000)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    own = medians["python -c pass"]
    for name, median in medians.items():
        print(f"{name:20} {median:7.1f} ms   beyond the interpreter {median - own:7.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
