"""Where the prices shown are from, what went wrong with the live ones, and what is shown instead, in words."""

from collections.abc import Mapping, Sequence

from data.prices.lines import LIVE, Failure, Problem
from data.prices.listings import label_of
from data.prices.store import Quote
from pages.kit.words import listed, markdown_text
from pages.stocks.comparison import PriceComparison
from pages.stocks.words import name_of


def source_line(c: PriceComparison) -> str:
    """In one sentence where the prices are from, as Markdown; failures of the whole service come first."""
    return " ".join(filter(None, (_source_words(c).strip(), _missing_words(c), _left_out_words(c))))


def _missing_words(c: PriceComparison) -> str:
    """Lines without any price, once nothing is awaited for them."""
    missing = [_both(s) for s, quote in c.quotes.items() if quote.line is None and not quote.loading]
    return f"There is no price of {listed(missing)}." if missing else ""


def _left_out_words(c: PriceComparison) -> str:
    """Lines that are not in the comparison though they have a price, or may have one in a moment."""
    told = [
        f"**{_both(s)}** is not in the comparison: {markdown_text(reason)}."
        for s, reason in c.left_out.items()
        if c.quotes[s].line or c.quotes[s].loading
    ]
    return " ".join(told)


def _source_words(c: PriceComparison) -> str:
    wanted = list(c.quotes)
    live, loading = set(c.live), c.loading
    from_snapshot = [s for s in wanted if c.quotes[s].line and s not in live]
    if not c.asked.live:
        return f"**Snapshot, by choice.** {_snapshot_words(c, from_snapshot)}"
    if loading and not live:
        arrived = f"{len(wanted) - len(loading)} of {len(wanted)}"
        return f"**Loading live prices** ({arrived}). {_snapshot_words(c, from_snapshot)}"
    failed = [p for s in wanted for p in c.quotes[s].problems]
    if not live:
        said = _one_failure(failed)
        return f"**{said}** {_snapshot_words(c, from_snapshot)}"
    more = f" Loading {len(loading)} more." if loading else ""
    if not from_snapshot:
        until = min(line.last_day for s in wanted if (line := c.quotes[s].line))
        return f"**Live prices** of finished trading days, to {until:%-d %B %Y}, from Yahoo Finance.{more}"
    return (
        f"**Live prices** for {listed([name_of(s) for s in wanted if s in live])}.{more} "
        f"{_snapshot_words(c, from_snapshot, listed([name_of(s) for s in from_snapshot]))}"
    )


def _one_failure(problems: Sequence[Problem]) -> str:
    """The failure that most symbols share, in a sentence."""
    if not problems:
        return "No live prices."
    failures = [p.failure for p in problems]
    most = max(dict.fromkeys(failures), key=failures.count)
    return markdown_text(next(p for p in problems if p.failure is most).sentence)


def _snapshot_words(c: PriceComparison, symbols: Sequence[str], whose: str = "") -> str:
    """What of the snapshot is shown: last date and basis."""
    lines = [line for s in symbols if (line := c.quotes[s].line)]
    if not lines:
        return ""
    ends = sorted({line.last_day for line in lines})
    until = f"{ends[0]:%B %Y}" if len(ends) == 1 else f"{ends[0]:%B %Y} to {ends[-1]:%B %Y}, by line"
    subject = f"For {whose} the embedded" if whose else "The embedded"
    return f"{subject} month-end closes are shown: up to {until}; restated for splits, not adjusted for dividends."


def problem_lines(c: PriceComparison) -> list[str]:
    """What went wrong, by failure, with the lines it concerns and what is shown instead; one item each, as Markdown."""
    found: dict[str, dict[str, list[str]]] = {}
    for symbol, quote in c.quotes.items():
        for problem in quote.problems:
            instead = _instead(c, problem)
            found.setdefault(problem.sentence, {}).setdefault(instead, []).append(_both(symbol))
    return [
        f"- {markdown_text(sentence)} " + "; ".join(f"**{listed(names)}**: {instead}" for instead, names in by.items())
        for sentence, by in found.items()
    ]


def _both(symbol: str) -> str:
    return name_of(symbol) if label_of(symbol) == symbol else f"{name_of(symbol)} ({markdown_text(symbol)})"


def _instead(c: PriceComparison, problem: Problem) -> str:
    line = c.quotes[problem.symbol].line
    if line is None:
        return "nothing can be shown"
    if line.source == LIVE:
        until = f"to {line.last_day:%-d %B %Y}"
        return {
            Failure.BROKEN_ROWS: "the other rows are shown",
            Failure.JUMP: "the prices are shown as they came",
            Failure.DIVIDENDS: "returns count the other dividends only",
            Failure.CAPITAL_GAINS: "returns count those dividends only",
            Failure.PARTIAL: f"what arrived is shown, {until}",
            Failure.DELISTED: f"what arrived is shown, {until}",
        }.get(problem.failure, f"prices that arrived earlier are shown, {until}")
    return f"month-ends of the snapshot are shown, to {line.last_day:%B %Y}"


def busy_words(quotes: Mapping[str, Quote]) -> str:
    """Symbols that were not asked for because many others were, as Markdown; empty where there are none."""
    busy = {p.symbol: p.sentence for quote in quotes.values() for p in quote.problems if p.failure is Failure.BUSY}
    return f"{listed([_both(s) for s in busy])}: {next(iter(busy.values()))}" if busy else ""


def left_out_lines(c: PriceComparison) -> list[str]:
    """Lines that are not in the comparison, with the reason where no failure says it; one item each, as Markdown."""
    said = {s for s, quote in c.quotes.items() if quote.line is None and quote.problems}
    return [
        f"- **{_both(s)}** is left out: {markdown_text(reason)}." for s, reason in c.left_out.items() if s not in said
    ]
