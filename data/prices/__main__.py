"""`python -m data.prices refresh`: make the embedded snapshot anew from Yahoo Finance."""

import argparse
import datetime
import sys
from pathlib import Path

from data.prices.refresh import refresh
from data.prices.settings import HOST_VARIABLE, OFF, SettingError, switched_off
from data.prices.snapshot import SNAPSHOT_CSV


def main(words: list[str]) -> int:
    """Run the command; 0 where the snapshot was replaced, 1 where it was left as it is."""
    parser = argparse.ArgumentParser(prog="python -m data.prices")
    parser.add_argument("command", choices=["refresh"])
    parser.add_argument("--file", type=Path, default=SNAPSHOT_CSV, help="the snapshot to replace")
    parser.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="SYMBOL",
        help="take this symbol's closes though they differ from the old ones; look at them first",
    )
    asked = parser.parse_args(words)
    try:
        if switched_off():
            parser.error(f"{HOST_VARIABLE} is {OFF}: nobody may be asked")
    except SettingError as error:
        parser.error(str(error))
    from data.prices.yahoo import download

    written, said = refresh(asked.file, download, datetime.datetime.now(datetime.UTC).date(), asked.accept)
    if written:
        said.append("Describe their source in data/SOURCES.md, then run python -m data.checksums.")
    print(*said, sep="\n", file=sys.stdout if written else sys.stderr)
    if not written:
        print("The snapshot was left as it is.", file=sys.stderr)
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
