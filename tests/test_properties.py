"""Any numeric frame goes Python -> segments -> Stata and arrives as it was."""

import math

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import shm

LARGEST = math.nextafter(2.0**1023, 0)
SMALLEST = -1.7976931348623157e308
EXACT = 2**53
LONG = range(-2147483647, 2147483620 + 1)


def integers(dtype: str) -> st.SearchStrategy[int]:
    """Whole numbers of the type, as far as a C long holds them."""
    limits = np.iinfo(dtype)
    return st.integers(int(limits.min), min(int(limits.max), 2**63 - 1))


# What %21x prints of subnormal numbers is not known.
normal = st.floats(SMALLEST, LARGEST, allow_subnormal=False)
floats = st.one_of(normal, st.just(math.nan), st.integers(-100, 100).map(float))
exact = st.one_of(st.integers(-EXACT, EXACT), st.just(pd.NA))
cells_of = {
    **{t: integers(t) for t in ("int8", "int16", "int32", "int64")},
    **{t: integers(t) for t in ("uint8", "uint16", "uint32", "uint64")},
    "bool": st.booleans(),
    "boolean": st.one_of(st.booleans(), st.just(pd.NA)),
    "float64": floats,
    "float32": st.one_of(
        st.floats(width=32, allow_infinity=False, allow_subnormal=False),
        st.just(math.nan),
    ),
    "Int64": exact,
    "UInt32": st.one_of(integers("uint32"), st.just(pd.NA)),
    "Float64": st.one_of(normal, st.just(pd.NA)),
}
names = st.text(
    st.characters(codec="utf-8", exclude_characters="\t\n\r\0"), min_size=1, max_size=40
)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    rows = draw(st.integers(1, 6))
    columns = draw(st.lists(names, min_size=1, max_size=5, unique=True))
    frame = {}
    for name in columns:
        dtype = draw(st.sampled_from(sorted(cells_of)))
        cells = draw(st.lists(cells_of[dtype], min_size=rows, max_size=rows))
        frame[name] = pd.Series(pd.array(cells, dtype=dtype))
    return pd.DataFrame(frame)


def expected(column: pd.Series) -> tuple[str, list[float]]:
    """What docs/types.md says becomes of a column."""
    values = [math.nan if pd.isna(v) else v for v in column]
    whole = column.dtype.kind in "iub" and not column.isna().any()
    kind = "long" if whole and all(int(v) in LONG for v in values) else "double"
    return kind, [float(v) for v in values]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(frame=frames(), threads=st.integers(0, 3))
def test_any_numeric_frame_arrives(stata, seed, frame, threads) -> None:
    path = stata.folder / "info.txt"
    shm.write_frame(frame, str(path), key_seed=seed)
    run = stata.values_after(
        f"shm_use using info.txt, clear deallocate threads({threads})"
    )
    kinds = list(run.types.values())
    for i, (name, values) in enumerate(run.values.items()):
        kind, wanted = expected(frame.iloc[:, i])
        assert kinds[i] == kind, name
        np.testing.assert_array_equal(values, wanted)
        assert len(name) <= 32
    assert len(run.values) == frame.shape[1]


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.binary(max_size=200))
def test_no_file_harms_the_data_in_memory(stata, text) -> None:
    (stata.folder / "info.txt").write_bytes(text)
    run = stata.run(
        """quietly set obs 2
        generate double old = _n / 7
        capture noisily shm_use using info.txt, clear
        assert _rc != 0
        assert old == _n / 7 & _N == 2"""
    )
    assert run.rc == 0, run.output
