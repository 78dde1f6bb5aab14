"""Known vulnerabilities of every locked package: `python -m tests.audit`.

Ends with status 1 where one is known. What could not be looked up, for want of a network or of a register that
answers, is said loudly and does not fail the build: silence would read as "nothing known".
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.locks import APP, TESTS, Locked, locked

LONGEST_S: Final = 120


def looked_up(output: str) -> tuple[list[str], list[str]]:
    """What is known to be vulnerable, and what could not be looked up, from pip-audit's JSON."""
    known, unknown = [], []
    for package in json.loads(output)["dependencies"]:
        name = f"{package['name']} {package.get('version', '')}".strip()
        if "skip_reason" in package:
            unknown.append(name)
        known += [f"{name}: {v['id']}, mended in {', '.join(v['fix_versions'])}" for v in package.get("vulns", ())]
    return known, unknown


def asked(lines: Iterable[Locked]) -> list[str]:
    """What pip-audit is to look up, one text for each call.

    It would leave out what other machines install and takes one version of a package at a time, so markers are left
    out here, and a second version goes into a call of its own.
    """
    calls: list[dict[str, str]] = []
    for line in lines:
        call = next((call for call in calls if line.name not in call), None)
        if call is None:
            calls.append(call := {})
        call[line.name] = f"{line.name}=={line.version}\n"
    return ["".join(call.values()) for call in calls]


def audit(text: str) -> tuple[list[str], list[str]]:
    """What is known of these pins, and of which nothing could be looked up; ValueError where it is of none."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pins.txt"
        file.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "-r", str(file), "--no-deps", "--disable-pip", "--format=json"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    return looked_up(run.stdout)


def main() -> int:
    """Look every locked package up; the exit status."""
    status = 0
    for lock in (APP, TESTS):
        lines = [line for line in locked(lock) if lock == APP or line not in locked(APP)]
        for text in asked(lines):
            count = len(text.split())
            try:
                known, unknown = audit(text)
            except (subprocess.TimeoutExpired, ValueError, KeyError) as error:
                print(f"NOT AUDITED: {lock}: {type(error).__name__}; nothing is known of {count} packages", flush=True)
                continue
            if unknown:
                print(f"NOT AUDITED: {lock}: no register answered for {', '.join(unknown)}", flush=True)
            for line in known:
                print(f"VULNERABLE: {lock}: {line}", flush=True)
                status = 1
            if not known and not unknown:
                print(f"audited: {lock}: nothing known of {count} packages", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
