"""Known vulnerabilities of every pinned package: `python -m tests.audit`.

Ends with status 1 where one is known. What could not be looked up, for want of a network or of a register that
answers, is said loudly and does not fail the build: silence would read as "nothing known".
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
FILES: Final = ("requirements.txt", "requirements-dev.txt")
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


def main() -> int:
    """Look every pin up; the exit status."""
    status = 0
    for file in FILES:
        command = [sys.executable, "-m", "pip_audit", "-r", file, "--no-deps", "--disable-pip", "--format=json"]
        try:
            run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_S, check=False)
            known, unknown = looked_up(run.stdout)
        except (subprocess.TimeoutExpired, ValueError, KeyError) as error:
            print(f"NOT AUDITED: {file}: {type(error).__name__}; nothing is known of its packages", flush=True)
            continue
        if unknown:
            print(f"NOT AUDITED: {file}: no register answered for {', '.join(unknown)}", flush=True)
        for line in known:
            print(f"VULNERABLE: {file}: {line}", flush=True)
            status = 1
        if not known and not unknown:
            print(f"audited: {file}: nothing known", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
