"""What day it is, in one place, so that a test can say another."""

import datetime


def today() -> datetime.date:
    """The day by the clock of the world (UTC)."""
    return datetime.datetime.now(datetime.UTC).date()
