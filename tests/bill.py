"""The bill of materials of what runs: `python -m tests.bill` writes it to `bill-of-materials.json`.

cyclonedx-py makes it of the lock, in CycloneDX's form, and asks nobody. Ends with status 1 where it lacks a package of
the lock, or the hash of a file.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from typing import Any, Final

from packaging.utils import canonicalize_name

from tests.locks import APP, ROOT, Locked, locked

BILL: Final = "bill-of-materials.json"


def lacking(bill: dict[str, Any], lines: Iterable[Locked]) -> list[str]:
    """What is locked and not in the bill: packages, and files of packages by their hash."""
    held: dict[tuple[str, str], set[str]] = {}
    for part in bill["components"]:
        files = [file for reference in part.get("externalReferences", ()) for file in reference.get("hashes", ())]
        hashes = {f"{file['alg'].replace('-', '').lower()}:{file['content']}" for file in files}
        held.setdefault((canonicalize_name(part["name"]), part["version"]), set()).update(hashes)
    return [
        f"{line.name} {line.version}" for line in lines if not line.hashes <= held.get((line.name, line.version), set())
    ]


def main() -> int:
    """Write the bill and hold it against the lock; the exit status."""
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", APP]  # it warns of a flat list
    options = ["--pyproject=pyproject.toml", "--output-reproducible", f"--output-file={BILL}"]
    subprocess.run([*command, *options], cwd=ROOT, check=True)
    bill = json.loads((ROOT / BILL).read_text(encoding="utf-8"))
    missing = lacking(bill, locked(APP))
    for name in missing:
        print(f"LACKING: {BILL}: {name}", flush=True)
    print(f"written: {BILL}: {len(bill['components'])} packages", flush=True)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
