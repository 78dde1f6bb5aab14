"""A scenario as one HTML file that needs no server: its numbers as the app shows them, and the model to move them.

What stands in the file is written here and true without a script. The script computes it again at once, from the same
graph, and says so where its numbers are not those of the app. The file reaches for nothing outside of it.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final

import numpy as np

from data.facts import facts
from model import MODEL_VERSION
from model.editions import COMPANIES, COMPANY_LABELS, EDITION_FACTS, edition, edition_words
from model.graph import FACT, input_values, model_graph
from model.links import Scenario, default_scenario, differing_pairs, share_query
from model.outputs import ALLIANCE_CHANNELS, CHANNELS, OUTPUTS
from model.presets import preset_values
from model.projection import Projection
from model.registry import ASSUMPTIONS, BY_GROUP, GROUPS, LEVERS, Assumption
from model.worlds import CERTAIN_SHARE, CHANCE, WORLDS
from pages.kit.charts import NUMBERS_FOR_PEOPLE
from pages.kit.columns import NamedRows
from pages.kit.edition_age import age_words, listed_words
from pages.kit.evidence import Evidence, evidence, legend, mark_of_kinds
from pages.kit.results import RESULTS, result_name
from pages.kit.view import View
from pages.kit.words import (
    assumption_value,
    change_words,
    in_sentence,
    is_estimate,
    named_with_role,
    quantity,
    short_date_words,
    spoken_unit,
)
from pages.live.bundle import bundle
from pages.live.script import model_script
from pages.overview.changes import CHANGES, changes_in_words
from pages.overview.profit import PROFIT
from pages.overview.profit_bridge import BRIDGES
from pages.site import APP
from pages.sources.edition_rows import edition_label
from pages.sources.exact import UNIT_FORMS, exact_quantity

FILE_NAME: Final = "alliance-explorer.html"
MEDIA_TYPE: Final = "text/html; charset=utf-8"

CHARTS: Final = {PROFIT.name: PROFIT, **{figure.name: figure for figure in BRIDGES.values()}}
"""Figures that follow the sliders, by name."""

FIRST_CARDS: Final = tuple(("operating_profit_jpy_bn", company, "more") for company in COMPANIES)
MORE_CARDS: Final = (
    *(("net_tariff_cost_jpy_bn", company, "less") for company in COMPANIES),
    ("canton_utilisation_share", "", ""),
)
"""Headline results: output, company or none, and whether more or less of it is good for who has it."""

_PADDING: Final = {"left": 5, "top": 5, "bottom": 5, "right": 36}
"""Around a chart, in pixels: on the right there is room for the end of a label behind a bar."""

_HERE: Final = Path(__file__).parent
_CHART_STYLE: Final[dict[str, Any]] = {
    "background": "transparent",
    "locale": NUMBERS_FOR_PEOPLE,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "tickColor": "currentColor",
        "domainColor": "currentColor",
        "gridColor": "currentColor",
        "gridOpacity": 0.14,
        "domainOpacity": 0.4,
        "tickOpacity": 0.4,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": "currentColor", "symbolStrokeColor": "currentColor"},
    "text": {"color": "currentColor"},
}


@cache
def _text_of(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").strip()


@cache
def _scripts() -> tuple[str, str]:
    """The charts' library, and the model with what shows it."""
    own = "\n".join((model_script(), _text_of("words.js"), _text_of("live.js")))
    return bundle().strip(), f'"use strict";\n(() => {{\n{own}\n}})();'


@cache
def _policy() -> str:
    """What the file may do: run its two scripts, and nothing over a network."""
    hashes = (f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in _scripts())
    return (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _specifications() -> dict[str, Any]:
    """The charts as their figures declare them, without rows: as wide as there is room, in the colour of the words."""
    return {name: _specification(name) for name in CHARTS}


def _specification(name: str) -> dict[str, Any]:
    figure, view = CHARTS[name], View.of(default_scenario(), 0)
    if figure.form is None:
        raise ValueError(f"{name} is not drawn")
    marks = NamedRows(dict(figure.marks(view)))
    spec: dict[str, Any] = figure.form.chart(marks, *figure.form.arguments(view)).to_dict(validate=False)
    for layer in spec["layer"]:
        if "sort" in (y := layer["encoding"].get("y", {})):
            y["sort"] = {"field": "rank", "op": "min"}  # in the order of the rows, of which others come and go
            y["axis"]["labelLimit"] = 0  # none
    del spec["data"], spec["datasets"]
    return {**spec, "width": "container", "padding": _PADDING, "config": _CHART_STYLE}


def scenario_html(view: View, address: str, told: Sequence[str] = ()) -> bytes:
    """The file of what is shown, the same bytes for the same scenario.

    address: of the app, which ends in a slash
    told: what was read of a link in another form, in words
    """
    return _File(replace(view, pin=None), address, told).text().encode()


def _json(content: object) -> str:
    """JSON as it may stand in a page: no text in it ends the element that it is in."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _rows(rows: Iterable[Iterable[str]]) -> str:
    """Rows of a table, each headed by its first cell."""
    lines = []
    for head, *cells in rows:
        lines.append(f'<tr><th scope="row">{head}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>')
    return "".join(lines)


def _escaped(rows: Iterable[Iterable[str]]) -> str:
    return _rows((escape(cell) for cell in row) for row in rows)


def _mark(known: Evidence) -> str:
    return f'<span class="mark" title="{escape(known.words)}">{escape(known.mark)}</span>'


def _sourced(kind: str, source: str) -> str:
    """How a value is known, and who says so; a source that begins with its kind says it once."""
    return f'<span class="mark">{mark_of_kinds([kind])}</span> {escape(source.removeprefix(f"{kind}: "))}'


class _File:
    """The parts of one file."""

    def __init__(self, view: View, address: str, told: Sequence[str]) -> None:
        self.view, self.address, self.told = view, address, told
        self.scenario = view.scenario
        self.world = edition(view.scenario.edition)
        self.known = evidence(view.scenario.edition)
        self.title = view.title or view.preset_label

    def text(self) -> str:
        vega, script = _scripts()
        changes = self._changes()
        parts = {
            "policy": _policy(),
            "style": _text_of("live.css"),
            "title": escape(self.title),
            "about": self._about(),
            "notes": self._notes(),
            "link": escape(self._link()),
            "years": self._options(enumerate(self.view.projection.years), self.view.year),
            "worlds": self._options(WORLDS.items(), self.scenario.world),
            "first_cards": "\n".join(self._card(*card) for card in FIRST_CARDS),
            "more_cards": "\n".join(self._card(*card) for card in MORE_CARDS),
            "changes": _escaped(changes),
            "unchanged": " hidden" if changes else "",
            "model": f"{_mark(self.known['operating_profit_jpy_bn.honda'])}",
            "year_heads": "".join(f'<th scope="col">{year}</th>' for year in self.view.projection.years),
            "profit_rows": _escaped(self._profit_rows()),
            "bridges": "".join(map(self._bridge, COMPANIES)),
            "levers": "\n".join(self._input(ASSUMPTIONS[key]) for key in LEVERS),
            "others": str(len(ASSUMPTIONS) - len(LEVERS)),
            "groups": "\n".join(self._group(group) for group in GROUPS),
            "rests_on": self._rests_on(),
            "legend": escape(legend()),
            "made": self._made(),
            "sent": _json(self._sent()),
            "vega": vega,
            "script": script,
        }
        return Template(_text_of("frame.html")).substitute(parts) + "\n"

    def _about(self) -> str:
        """What the scenario is, on which facts, computed by which model."""
        named = self.view.named if self.view.title else self.view.world_words
        said = f"Edition {edition_words(self.scenario.edition)}, model {MODEL_VERSION}."
        known = [f"{named[:1].upper()}{named[1:]}."] if named else []
        return escape(" ".join([*known, said, age_words(self.scenario.edition)]))

    def _notes(self) -> str:
        own = listed_words(self.scenario.edition)
        lines = [f'<p class="own">{escape(own)}</p>'] if own else []
        lines += [f'<p class="note">Of the link: {escape(note)}</p>' for note in self.told]
        return "\n".join(lines)

    def _link(self) -> str:
        looked_at = [("year", self.view.year_label)]
        return f"{self.address}?{share_query(self.scenario, title=self.view.title, page_state=looked_at, checked=True)}"

    def _options(self, choices: Iterable[tuple[object, str]], chosen: object) -> str:
        return "".join(
            f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
            for value, label in choices
        )

    def _at(self, projection: Projection, name: str, company: str) -> float:
        """An output of a company in the year in focus, or one without years."""
        yearly = OUTPUTS[name].scope == "company"
        return float(np.asarray(projection.company[company][name])[self.view.year] if yearly else projection.once[name])

    def _card(self, name: str, company: str, good: str) -> str:
        output, result = OUTPUTS[name], result_name(name, company)
        value, base = (self._at(of, name, company) for of in (self.view.projection, self.view.reference))
        change = change_words(value - base, output.unit, "")
        tone = "" if not change or not good else "good" if (value > base) == (good == "more") else "bad"
        guided = f" {_mark(self.known[f'reference_profit_jpy_bn.{company}'])}" if good == "more" else ""
        label = f"{COMPANY_LABELS[company]}: {in_sentence(output.label)}" if company else output.label
        against = f"{change} against" if change else "same as reference,"
        beside = f"{against} {quantity(base, output.unit)}"
        return (
            f'<div class="card" data-result="{result}" data-unit="{output.unit}" data-good="{good}">'
            f'<p class="label">{escape(label)}</p>'
            f'<p><span class="value">{quantity(value, output.unit)}</span> {_mark(self.known[result])}</p>'
            f'<p><span class="change" data-tone="{tone}">{beside}</span>{guided}</p></div>'
        )

    def _changes(self) -> list[tuple[str, ...]]:
        """Assumption, value in the edition and in the scenario."""
        return list(zip(*changes_in_words(CHANGES.table(self.view)).values(), strict=True))

    def _profit_rows(self) -> list[list[str]]:
        cases = (("scenario", self.view.projection), ("reference", self.view.reference))
        return [
            [
                f"{COMPANY_LABELS[company]}, {case}",
                *(
                    quantity(float(value), "JPY bn")
                    for value in np.asarray(projection.company[company]["operating_profit_jpy_bn"])
                ),
            ]
            for company in COMPANIES
            for case, projection in cases
        ]

    def _bridge(self, company: str) -> str:
        name, label = BRIDGES[company].name, COMPANY_LABELS[company]
        marks = BRIDGES[company].marks(self.view)
        rows = _escaped(zip(marks["step"], marks["label"], strict=True))
        heads = '<th scope="col">Cause</th><th scope="col">Effect on operating profit</th>'
        nothing, hidden = (" hidden", "") if set(marks["kind"]) != {"total"} else ("", " hidden")
        return (
            f'<h2>{label}: from reference to scenario, <span class="focus">{self.view.year_label}</span> '
            f"{_mark(self.known[f'operating_profit_jpy_bn.{company}'])}</h2>"
            f'<p id="{name}_nothing"{nothing}>Nothing differs from the reference.</p>'
            f'<div id="{name}_shown"{hidden}><div id="{name}" class="chart"></div>'
            f"<details><summary>The same as a table</summary>"
            f'<table id="{name}_rows"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details></div>'
        )

    def _group(self, group: str) -> str:
        inputs = [self._input(one) for one in BY_GROUP[group] if one.key not in LEVERS]
        return f'<div class="group"><h3>{escape(GROUPS[group])}</h3>{"".join(inputs)}</div>'

    def _input(self, one: Assumption) -> str:
        """A slider with a box to type into: label, unit, bounds, the edition's value, what it is and who says so."""
        scale, unit, _ = UNIT_FORMS[spoken_unit(one.unit, one.label)]
        value, default = self.scenario.asked[one.key], self.world.defaults[one.key]
        source, kind = self.world.source_of(one.key)
        low, high, of_edition = (assumption_value(one.key, number) for number in (one.minimum, one.maximum, default))
        label, box = escape(named_with_role(one.key)), f"typed_{one.key}"
        typed = {"min": one.minimum * scale, "max": one.maximum * scale, "value": value * scale}
        bounds = " ".join(f'{name}="{number:.12g}"' for name, number in typed.items())
        known = f"The edition: {_sourced(kind, source)}"
        return (
            f'<div class="input{" moved" if value != default else ""}" data-key="{one.key}">'
            f'<div class="head"><label for="{box}">{label}</label><span class="typed">'
            f'<input id="{box}" type="number" step="any" {bounds} aria-describedby="of_{one.key}">'
            f"<span>{escape(unit)}</span></span></div>"
            f'<input type="range" min="{one.minimum}" max="{one.maximum}" step="{one.step}" value="{value}" '
            f'aria-label="{label}" aria-valuetext="{escape(assumption_value(one.key, value))}">'
            f'<div class="foot"><span>{low}</span><span class="of" id="of_{one.key}">edition: {of_edition}'
            f'<span class="sent"></span></span><span>{high}</span></div>'
            f"<details><summary>What it is</summary><p>{escape(one.help)}</p><p>{known}.</p></details></div>"
        )

    def _rests_on(self) -> str:
        """The edition's facts with how each is known, its date and its source."""
        rows = []
        for key, unit in EDITION_FACTS.items():
            row = self.world.rows[key]
            as_of = short_date_words(facts()[row.fact].as_of) if row.fact else ""
            source = escape(row.source.removeprefix(f"{row.kind}: "))
            if row.url:
                source = f'<a href="{escape(row.url)}" rel="noreferrer">{source}</a>'
            known = f'<span class="mark">{mark_of_kinds([row.kind])}</span>'
            rows.append((escape(edition_label(key)), exact_quantity(row.value, unit), known, as_of, source))
        heads = "".join(f'<th scope="col">{head}</th>' for head in ("Fact", "Value", "Known", "Date", "Source"))
        said = "Facts of the edition, which no slider moves. Each assumption names its own source under “What it is”."
        return (
            f'<p class="note">{said}</p><div class="wide" tabindex="0" role="group" aria-label="Facts of the edition">'
            f"<table><thead><tr>{heads}</tr></thead><tbody>{_rows(rows)}</tbody></table></div>"
        )

    def _made(self) -> str:
        return (
            f"Made by {APP}, model {MODEL_VERSION}. The numbers are computed in this browser by the formulas of the "
            "app, and nothing is sent anywhere. The link opens the app with the values that the sliders have here."
        )

    def _sent(self) -> dict[str, Any]:
        """What the script knows: inputs, what the app computed from them, and the charts."""
        start = Scenario(
            self.scenario.edition, self.scenario.preset, preset_values(self.scenario.preset, self.scenario.edition)
        )
        given = input_values(self.scenario.values, self.world)
        return {
            "address": self.address,
            "head": differing_pairs(start),
            "title": self.view.title,
            "world": self.scenario.world,
            "year": self.view.year,
            "years": list(self.view.projection.years),
            "companies": COMPANY_LABELS,
            "certain": dict(CERTAIN_SHARE),
            "chance": CHANCE,
            "channels": [
                {
                    "name": name,
                    "label": OUTPUTS[name].label,
                    "alliance": name in ALLIANCE_CHANNELS,
                    "last": name == max(ALLIANCE_CHANNELS, key=CHANNELS.index),
                }
                for name in CHANNELS
            ],
            "inputs": {key: self._sent_input(one, start.asked[key]) for key, one in ASSUMPTIONS.items()},
            "facts": {one.name: float(given[one.name][0]) for one in model_graph().inputs.values() if one.kind == FACT},
            "results": {result: self._result(*RESULTS[result]) for result in RESULTS},
            "marks": {name: figure.marks(self.view).to_dict("records") for name, figure in CHARTS.items()},
            "charts": _specifications(),
        }

    def _sent_input(self, one: Assumption, of_preset: float) -> dict[str, Any]:
        unit = spoken_unit(one.unit, one.label)
        return {
            "label": named_with_role(one.key),
            "unit": unit,
            "scale": UNIT_FORMS[unit][0],
            "minimum": one.minimum,
            "maximum": one.maximum,
            "value": self.scenario.asked[one.key],
            "preset": of_preset,
            "reference": self.world.defaults[one.key],
            "estimate": is_estimate(one.key),
        }

    def _result(self, name: str, company: str) -> float | list[float]:
        projection, scope = self.view.projection, OUTPUTS[name].scope
        if scope == "company":
            found = projection.company[company][name]
        elif scope == "once_company":
            found = projection.once_company[name][company]
        else:
            found = (projection.plant if scope == "plant" else projection.once)[name]
        numbers: float | list[float] = np.asarray(found, dtype=np.float64).tolist()
        return numbers
