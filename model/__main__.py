"""The model from the command line: `python -m model [LINK] [--json | --csv | --explain NAME]`, or `alliance` with them.

LINK is a share link, a query string, or `preset=NAME`; without it the default scenario is computed.
Unreadable input ends with status 2 and one line that names what is wrong.
"""

import argparse
import csv
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import numpy as np

from data.facts import DataError
from model import MODEL_VERSION
from model.delivery import told_world
from model.editions import COMPANIES, COMPANY_LABELS, edition_words, own_figures
from model.explain import explain
from model.links import NOT_WHOLE, Scenario, from_query, number_text, printable
from model.outputs import OUTPUTS
from model.projection import Projection, project
from model.registry import ASSUMPTIONS
from model.results import as_json, table_rows
from model.worlds import CHANCE, world_words


class _OneLineParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {printable(message)}\n")


def _program() -> str:
    """How it was started: by the command that an installation adds, or as a module."""
    return "alliance" if Path(sys.argv[0]).stem == "alliance" else "python -m model"


def _parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(prog=_program(), description=__doc__)
    parser.add_argument("link", nargs="?", default="", metavar="LINK", help="share link, query string or preset=NAME")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="everything, as JSON")
    form.add_argument("--csv", action="store_true", help="one row per output, company and year")
    form.add_argument("--explain", metavar="NAME", help="how one output was computed, step by step")
    return parser


def _readable(link: str) -> str:
    """The link, or ValueError where it is no link at all."""
    text = link.strip()
    if text and "=" not in text and "?" not in text and "://" not in text:
        raise ValueError(f'"{text[:60]}" is no link: expected a share link, a query string or preset=NAME')
    return text


def _summary(scenario: Scenario, projection: Projection) -> Iterator[str]:
    """The scenario in a few lines for people."""
    told = told_world(scenario)
    world = f", {world_words(told, scenario.asked[CHANCE])}" if told else ""
    yield f"Edition {edition_words(scenario.edition)}, model {MODEL_VERSION}, preset {scenario.preset}{world}"
    for own in own_figures(scenario.edition):
        yield f"  Yours: {own.label}: {number_text(own.value)} instead of {number_text(own.published)} ({own.unit})"
    for key, (default, value) in scenario.changed().items():
        a = ASSUMPTIONS[key]
        yield f"  {a.label}: {number_text(value)} instead of {number_text(default)} ({a.unit})"
    yield f"{'':34}" + "".join(f"{year:>11}" for year in projection.years)
    for company in COMPANIES:
        for name in ("operating_profit_jpy_bn", "net_tariff_cost_jpy_bn", "alliance_benefit_jpy_bn"):
            numbers = "".join(f"{value:11,.1f}" for value in np.asarray(projection.company[company][name]))
            yield f"{COMPANY_LABELS[company] + ', ' + OUTPUTS[name].label.lower() + ', JPY bn':34}{numbers}"
    use, output = projection.once["canton_utilisation_share"], projection.once["canton_output_kveh"]
    yield f"Canton at full rate: {output:,.0f} thousand cars a year, {use:.1%} of capacity"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status."""
    try:
        status = _answer(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    return status


def _answer(arguments: list[str] | None) -> int:
    options = _parser().parse_args(arguments)
    try:
        scenario, refusals = from_query(_readable(options.link))
        if options.explain is not None and options.explain not in OUTPUTS:
            raise ValueError(f'"{options.explain[:60]}" is not an output (known: {", ".join(OUTPUTS)})')
        projection = project(scenario.values, scenario.edition)
    except (ValueError, DataError) as error:
        print(f"{_program()}: {printable(str(error))}", file=sys.stderr)
        return 2
    if options.explain is not None:
        print(explain(options.explain, scenario))
    elif options.json:
        print(json.dumps(as_json(scenario, refusals, projection), indent=2))
    elif options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("output", "company", "fiscal_year", "value", "unit"))
        writer.writerows(table_rows(projection))
    else:
        print("\n".join(_summary(scenario, projection)))
    if not options.json:
        for r in refusals:
            used = "told" if r.told else "not used"
            what = "" if r.reason == NOT_WHOLE else f'{used}: {r.key}="{r.value}": '
            print(f"{what}{r.reason}; used {r.used}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
