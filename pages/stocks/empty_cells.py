"""Rows with cells that hold nothing."""

from collections.abc import Iterable, Sequence

import pandas as pd


def frame_of(records: Sequence[tuple[object, ...]], columns: Iterable[str]) -> pd.DataFrame:
    """The records; what is missing is an empty cell, not a number that is none."""
    rows = pd.DataFrame(records, columns=list(columns))
    for column in rows:
        if rows[column].isna().any():
            rows[column] = rows[column].astype(object).where(rows[column].notna(), None)
    return rows
