"""What becomes of each kind of column in Stata, and of that in Python again."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd

import shm

FRAME = pd.DataFrame(
    {
        "flag": [True, False, True],
        "small": np.array([1, -127, 100], np.int8),
        "wider": np.array([1, -128, 127], np.int8),  # beyond Stata's byte
        "whole": [1, 2, 3],
        "large": [1, 2, 2**40],
        "nullable": pd.array([1, None, 3], dtype="Int16"),
        "single": np.array([0.5, np.nan, 1.5], np.float32),
        "number": [0.1, np.nan, 0.3],
        "decimal": [Decimal("1.10"), None, Decimal("3")],
        "text": ["Zürich", None, ""],
        "long_text": ["x" * 3000, "", "y"],
        "binary": [b"\0\xff", None, b"abc"],
        "day": [dt.date(2024, 2, 29), None, dt.date(1950, 1, 1)],
        "moment": pd.to_datetime(["2024-02-29 12:30", None, "1950-01-01 06:00"]),
        "month": pd.PeriodIndex(["2024-02", "NaT", "1950-01"], freq="M"),
        "span": pd.to_timedelta([1.5, None, 0], unit="s"),
        "category": pd.Categorical(["low", "high", None], ["low", "high"]),
    }
)


def table() -> pd.DataFrame:
    """Send the frame through an image; say what its columns became at each end."""
    with shm.write(FRAME) as segment:
        back = segment.to_pandas()
        return pd.DataFrame(
            {
                "in Python": FRAME.dtypes.astype(str),
                "in Stata": list(segment.types.values()),
                "format": list(segment.formats.values()),
                "back": back.dtypes.astype(str),
                "first value": [_short(back[name].iloc[0]) for name in FRAME],
            }
        )


def _short(value: object) -> str:
    text = repr(value) if isinstance(value, str | bytes) else str(value)
    return text if len(text) < 40 else f"{text[:36]}..."


if __name__ == "__main__":
    print(table().to_string())
