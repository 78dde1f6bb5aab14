"""The image as it is deployed: `python -m tests.image` builds it, starts it without rights and asks it.

Ends with status 1 where it cannot be built or does not answer. Where this machine has nothing that builds images, that
is said loudly and does not fail the build.
"""

import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Final

import yaml

ROOT: Final = Path(__file__).resolve().parents[1]
BUILDERS: Final = ("docker", "podman")
NAME: Final = "alliance-explorer-test"
LONGEST_START_S: Final = 60.0
ASKED: Final = ("/readyz", "/", "/data/profit.csv?preset=article")


def builder() -> str | None:
    """A program that builds images and has all that it needs for it."""
    for name in BUILDERS:
        path = shutil.which(name)
        if path and subprocess.run([path, "info"], capture_output=True, check=False).returncode == 0:
            return path
    return None


def rights() -> list[str]:
    """What Compose lets the app have, as options of `docker run`."""
    app = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["x-app"]
    options = ["--read-only", f"--memory={app['mem_limit']}", f"--pids-limit={app['pids_limit']}"]
    options += [f"--tmpfs={path}" for path in app["tmpfs"]]
    options += [f"--cap-drop={name}" for name in app["cap_drop"]]
    return [*options, *(f"--security-opt={name}" for name in app["security_opt"])]


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def starts(program: str) -> bool:
    """Whether a container of the image answers; what it printed is shown where it does not."""
    command = [program, "run", "--detach", "--publish=127.0.0.1::8501", *rights(), NAME]
    container = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    try:
        told = subprocess.run([program, "port", container, "8501/tcp"], capture_output=True, text=True, check=True)
        url = f"http://{told.stdout.split()[0]}"
        limit = time.monotonic() + LONGEST_START_S
        while not answers(url + ASKED[0]) and time.monotonic() < limit:
            time.sleep(0.2)
        good = all(answers(url + path) for path in ASKED)
        if not good:
            subprocess.run([program, "logs", container], check=False)
        return good
    finally:
        subprocess.run([program, "rm", "--force", container], capture_output=True, check=False)


def main() -> int:
    """Build, start and ask; the exit status."""
    program = builder()
    if program is None:
        print(f"NOT BUILT: the image; none of {', '.join(BUILDERS)} works on this machine", flush=True)
        return 0
    built = subprocess.run([program, "build", "--file=deploy/Dockerfile", f"--tag={NAME}", "."], cwd=ROOT, check=False)
    if built.returncode or not starts(program):
        print("BROKEN: the image", flush=True)
        return 1
    print(f"built by {program}, and ready: the image", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
