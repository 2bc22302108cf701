"""Python and Stata as two processes that hand data to and fro.

Start this in one terminal and `do two_processes.do` in a Stata in another, in either
order. Each round Python sends a sample, Stata regresses and sends the fitted values back.
"""

import numpy as np

import shm

ROUNDS, ROWS = 5, 10_000


def sample(seed: int) -> dict[str, np.ndarray]:
    """Return a sample of a linear model whose slope is the seed."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=ROWS)
    return {"x": x, "y": 1 + seed * x + rng.normal(size=ROWS)}


def main() -> None:
    """Send samples and print the slopes that Stata finds."""
    shm.drop("sample", "fitted", missing_ok=True)  # of a session that was interrupted
    for round_ in range(1, ROUNDS + 1):
        sent = sample(round_)
        shm.write(sent, "sample")
        fitted = shm.read("fitted", as_="dict", wait=60)
        shm.drop("fitted")
        slope = np.polyfit(sent["x"], fitted["yhat"], 1)[0]
        print(f"round {round_}: Stata's slope is {slope:.3f}")


if __name__ == "__main__":
    main()
