"""Images as polars data frames."""

from __future__ import annotations

from ...errors import UnsupportedTypeError
from ..selection import Selection
from .arrow_target import stream
from .extended import extended_columns, replaced_columns

TYPE_CHECKING = False  # type checkers take it as true; importing typing is slow
if TYPE_CHECKING:
    import polars


def to_polars(selection: Selection) -> polars.DataFrame:
    """
    Return a polars data frame; it carries no metadata (`Segment.metadata` has them).

    Raises
    ------
    UnsupportedTypeError
        polars is not installed.

    Warns
    -----
    DateWarning
        A variable has dates beyond the limits: it is left as numbers.
    """
    try:
        import polars
    except ImportError:
        raise UnsupportedTypeError(
            "as_='polars' needs polars, which is not installed (pip install polars)"
        ) from None
    frame = polars.DataFrame(
        stream(selection, selection.places, metadata=False, views=True)
    )

    def integers() -> set[str]:
        return {name for name, dtype in frame.schema.items() if dtype.is_integer()}

    replaced = replaced_columns(selection, integers)
    if replaced:
        frame = frame.with_columns(
            polars.Series(name, values, nan_to_null=False)
            for name, values in replaced.items()
        )
    for name, letters in extended_columns(selection).items():
        frame = frame.with_columns(
            polars.Series(name, letters.tolist(), dtype=polars.String)
        )
    return frame
