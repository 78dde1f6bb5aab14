"""Queries that nobody means well with, the same ones in every run."""

import random
from collections.abc import Iterator
from urllib.parse import quote

from model.links import PAGE_KEYS
from model.registry import ASSUMPTIONS

RUNS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "'-alert(1)-'",
)
"""Texts that would run, or fetch, where they were taken for markup."""

TEXTS = (
    *RUNS,
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r\n=1",
    "# =1",
    "**b** $x$ :red[x] `c` ~~s~~ | a | b |",
    "__proto__",
    "constructor",
    "1e400",
    "-1e400",
    "1e-400",
    "NaN",
    "inf",
    "0x10",
    "1_000",
    " 0.5",
    "0,5",
    "٠.٥",
    "０.５",
    "-0",
    "",
    "\x00",
    "\x1b[31m",
    "\u202e051",
    "\ud800",
    "💥" * 20,
    "a\u0300" * 50,
    "../../etc/passwd",
    "' OR 1=1 --",
    "%",
    "%%FF%FE",
    "&#x3c;script&#x3e;",
    "preset=article",
    "true",
    "0.15",
    "FY2028/3",
    "article",
    "2025-07",
    "9.9",
)
KEYS = ("edition", "preset", "model_version", *ASSUMPTIONS, *sorted(PAGE_KEYS))
LONGEST = 100_000


def queries(count: int, seed: int = 1) -> Iterator[str | bytes]:
    """Hostile queries: odd values under good keys, odd keys, repeated keys, raw bytes, and a few of 100 kB."""
    chance = random.Random(seed)
    for number in range(count):
        if number % 500 == 0:
            yield f"{chance.choice(KEYS)}={chance.choice(TEXTS) or 'x'}".ljust(LONGEST, "A")
        elif number % 10 == 0:
            yield chance.randbytes(chance.randrange(80))
        else:
            pairs = [
                (chance.choice(KEYS if chance.random() < 0.8 else TEXTS), chance.choice(TEXTS))
                for _ in range(chance.randrange(1, 9))
            ]
            pairs += pairs[:1] if chance.random() < 0.2 else []
            coded = chance.random() < 0.7
            yield "&".join(f"{_coded(key)}={_coded(text)}" if coded else f"{key}={text}" for key, text in pairs)


def _coded(text: str) -> str:
    return quote(text, errors="surrogatepass")


def every_key(turn: int) -> str:
    """One query in which every key, and one that does not exist, holds a text that would run."""
    keys = [key for key in KEYS if key not in ("embed", "embed_options", "chart")]
    pairs = [(key, RUNS[(i + turn) % len(RUNS)]) for i, key in enumerate([*keys, RUNS[turn % len(RUNS)]])]
    return "&".join(f"{_coded(key)}={_coded(text)}" for key, text in pairs)
