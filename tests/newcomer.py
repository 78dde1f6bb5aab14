"""What a newcomer meets: `python -m tests.newcomer` runs README's start command in a new folder with an empty home.

The line runs as it stands; how long it takes until the app answers on http://localhost:8501 is printed, and the app
is ended.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Final

from tests.copied import RUN, copied
from tests.documented import start_command

ADDRESS: Final = "http://localhost:8501"
LONGEST_WAIT_S: Final = 600.0


def answers(path: str) -> bool:
    """Whether the app answers there."""
    try:
        with urllib.request.urlopen(ADDRESS + path, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def main() -> int:
    """Run the command, print what it took; the status for the shell."""
    if answers("/_stcore/health"):
        print(f"something answers on {ADDRESS} already")
        return 1
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        copied(Path(folder), *RUN, "requirements.txt")
        kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
        begun = time.monotonic()
        app = subprocess.Popen(
            ["bash", "-c", start_command()], cwd=folder, env={**kept, "HOME": home}, start_new_session=True
        )
        try:
            while not answers("/readyz"):
                if app.poll() is not None or time.monotonic() - begun > LONGEST_WAIT_S:
                    print("the app did not start")
                    return 1
                time.sleep(0.2)
            print(f"from README's start command to the first answer: {time.monotonic() - begun:.0f} s")
            pages = [path for path in ("/", "/sources", "/data/profit.csv?preset=article") if answers(path)]
            print(f"answered: {' '.join(pages)}")
            return 0 if len(pages) == 3 else 1
        finally:
            os.killpg(app.pid, signal.SIGTERM)
            app.wait()


if __name__ == "__main__":
    sys.exit(main())
