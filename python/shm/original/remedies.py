"""What to do about a column whose dtype is not numeric."""

from __future__ import annotations

STATA_EPOCH = "pandas.Timestamp('1960-01-01')"
MILLISECOND = "pandas.Timedelta('1ms')"


def remedy(dtype: object, column: str) -> str:
    """Return how to make numbers of `column` (an expression), which has this dtype."""
    import pandas

    codes = f"{column}.cat.codes numbers the categories, -1 where missing"
    by_class = {
        pandas.CategoricalDtype: codes,
        pandas.SparseDtype: f"{column}.sparse.to_dense() holds the same numbers",
        pandas.PeriodDtype: f"{column}.astype('int64') counts periods from 1970",
        pandas.IntervalDtype: f"{column}.array.mid is the middle of each interval",
        pandas.DatetimeTZDtype: _from_dates(f"{column}.dt.tz_localize(None)"),
    }
    for known, text in by_class.items():
        if isinstance(dtype, known):
            return text
    if isinstance(dtype, pandas.ArrowDtype):
        return _for_arrow(dtype, column)
    return _by_kind(getattr(dtype, "kind", "O"), column)


def _from_dates(column: str) -> str:
    return f"({column} - {STATA_EPOCH}) / {MILLISECOND} is what Stata shows as %tc"


def _by_kind(kind: str, column: str) -> str:
    texts = {
        "M": _from_dates(column),
        "m": f"{column} / {MILLISECOND} counts milliseconds",
        "c": f"numpy.real({column}) and numpy.imag({column}) are its parts",
        "f": f"{column}.astype('float64') rounds it to doubles",
    }
    text = (
        f"pandas.to_numeric({column}) makes numbers of text that spells them; other text "
        "travels in a .dta file"
    )
    return texts.get(kind, text)


def _for_arrow(dtype: object, column: str) -> str:
    from pyarrow import types

    arrow = dtype.pyarrow_dtype
    if types.is_timestamp(arrow) or types.is_date(arrow):
        return _from_dates(f"{column}.astype('datetime64[ms]')")
    if types.is_duration(arrow):
        return _by_kind("m", f"{column}.astype('timedelta64[ms]')")
    if types.is_decimal(arrow):
        return _by_kind("f", column)
    if types.is_null(arrow):
        return f"{column}.astype('float64') is a column of NaN"
    if types.is_dictionary(arrow):
        codes = f"{column}.astype('category').cat.codes"
        return f"{codes} numbers the values, -1 where missing"
    return _by_kind("O", column)
