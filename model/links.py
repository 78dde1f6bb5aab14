"""Share links: a scenario as a query string, and back.

`to_query` writes edition, figures of one's own, model version, preset and every assumption, defaults included: the
complete text for programs. `share_query` writes what differs from the preset, which loses nothing since presets and
editions never change, and adds what a reader needs beside it: a title, what is looked at, and a receipt of results.
A link that people are given begins with `whole=1`, which says that `end=1` is its last pair: where that is gone,
a program on the way cut the link, and it says so. The pairs between may be changed by hand. `from_query` reads any
text without failing: what it cannot use it names, with what it used instead.

What is used instead, by case
- a value that is no plain finite number, or is out of bounds: the preset's value, else the edition's
- a value between two steps of a slider: itself, exactly
- a key given more than once: the first
- more cars than Canton can build: as many as fit
- a key of an older model: its new name, from ALIASES, or what became of it, from RETIRED
- an unknown key: nothing; an unknown preset: the status quo
- a key that sharing services and caches add, such as `utm_source`: nothing, and it is not named
- `amp;key`, as programs leave it that take a link for HTML: `key`, where that is known
- a link that lost its end: what was read
- no edition: the preset's, else the current one; an unknown edition: the same, and it is named
- a figure of one's own that is out of bounds, or at odds with another: the published one
- no world: weighted by the chance; an unknown world: the same, and it is named
- no model version: the current model; another version: the current model, and it is named
Nothing of an older version's link is lost: what is read in another form is told and not refused.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, unquote_plus, urlencode

from model import MODEL_VERSION
from model.checks import out_of_bounds, refused, require_known, require_whole, unknown
from model.editions import at_odds, base_of, derived, edition, editions, require_edition
from model.editions import number_text as number_text
from model.presets import DEFAULT_PRESET, MAIN_PRESETS, PRESETS, preset_values
from model.registry import ASSUMPTIONS, BASE_FIGURES
from model.worlds import CERTAIN_SHARE, CHANCE, WEIGHTED, WORLDS, computed_values

VERSIONS: Final = (MODEL_VERSION,)
"""Model versions whose links are read as they were meant."""

LONGEST_LINK: Final = 20_000
MOST_PAIRS: Final = 300
SHOWN_VALUE: Final = 60
PAGE_KEYS: Final = frozenset(
    {
        "embed",
        "embed_options",
        "chart",
        "saw",
        "title",
        "pin",
        "year",
        "section",
        "verdict",
        "payback_of",
        "stance_bar_share",
        "stance_clear_share",
        "stance_milestones_needed",
        "stance_contract_signed",
        "stance_software_decided",
        "stance_usmca_settled",
        "with",
        "with_current",
        "base",
        "output",
        "whose",
        "target",
        "break_even",
        "ranges",
        "hold_set",
        "goal_jpy_bn",
        "ranking",
        "map_across",
        "map_up",
        "map_whole",
        "draws",
        "seed",
        "drawn_groups",
        "bar",
        "from",
        "from_scenario",
        "regret_choices",
        "regret_states",
        "maker",
        "maker_inputs",
        "stock_symbols",
        "stock_benchmark",
        "stock_view",
        "stock_currency",
        "stock_return",
        "stock_period",
        "stock_from",
        "stock_to",
        "stock_dates",
        "stock_log",
        "stock_event",
        "stock_window",
        "stock_source",
    }
)
"""Query keys of the page itself: they choose what is looked at, not what is computed."""

ALIASES: Final[Mapping[str, str]] = {}
"""Keys that links of older models use, with their names of today. An alias is never taken away."""

OLDER_VERSIONS: Final = ("1.0",)
"""Model versions whose links are read whole, while results follow the current model."""


@dataclass(frozen=True, slots=True)
class Retired:
    """What became of a key of an older model.

    label: what it was called
    becomes: keys that take its value today; none where it has no counterpart
    words: what it meant and what stands in its place
    """

    label: str
    becomes: tuple[str, ...]
    words: str


_AN_AMOUNT: Final = (
    "model 1 took this share off every duty; now own measures are an amount that does not grow with the duty"
)

RETIRED: Final[Mapping[str, Retired]] = MappingProxyType(
    {
        "honda_mitigation_share": Retired("Honda: duty recovered by own measures", (), _AN_AMOUNT),
        "nissan_mitigation_share": Retired("Nissan: duty recovered by own measures", (), _AN_AMOUNT),
        "demand_elasticity": Retired(
            "Demand response to price",
            ("own_elasticity", "market_elasticity"),
            "model 1 had one answer of sales to prices; now there is one for a maker alone and one for the market",
        ),
        "tax_share": Retired(
            "Tax rate on the change in profit",
            ("honda_tax_share", "nissan_tax_share"),
            "model 1 taxed both companies alike",
        ),
    }
)
"""Keys of older models that are assumptions no longer. A retired key is never taken away."""

WHOLE: Final = "whole"
"""First key of a link that people are given: it says that the link ends with the key `END`."""

END: Final = "end"

LINK_KEYS: Final = ("saw", WHOLE, END)
"""Keys that say how a link was made: they are true until something is moved, and leave the address once they are read.

Streamlit adds moved sliders at the end of the address: an end would not stay where it is.
"""

NOT_WHOLE: Final = "this link is not whole: its end is missing"
AS_READ: Final = "what was read"

_FOREIGN_KEYS: Final = frozenset(
    {
        "fbclid",  # Facebook
        "igshid", "igsh", "xmt",  # Instagram, Threads
        "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "srsltid", "_ga", "_gl",  # Google
        "msclkid",  # Microsoft
        "yclid", "ysclid", "_openstat",  # Yandex
        "twclid", "ref_src", "ref_url",  # X
        "ttclid",  # TikTok
        "li_fat_id", "trk", "rcm",  # LinkedIn
        "epik",  # Pinterest
        "sccid",  # Snapchat
        "si",  # YouTube, Spotify
        "nsukey", "isappinstalled",  # WeChat
        "mc_cid", "mc_eid",  # Mailchimp
        "mkt_tok",  # Marketo
        "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking",  # HubSpot
        "vero_conv", "vero_id", "oly_anon_id", "oly_enc_id", "__s",  # newsletters
        "ml_subscriber", "ml_subscriber_hash",
        "wickedid", "irclickid", "rb_clickid", "s_cid",  # advertisers
        "ref",
        "_",  # caches are passed by with it
    }
)  # fmt: skip
"""Keys that others add to any link, in small letters, as Firefox and Brave know and take away, and a few more."""

_FOREIGN_STARTS: Final = ("utm_", "mtm_", "pk_")
"""What such keys of Google Analytics and Matomo begin with."""

_ESCAPED: Final = re.compile(r"(?:amp(?:;|%3B))+", re.IGNORECASE)

LONGEST_TITLE: Final = 80
LONGEST_KEPT: Final = 2_000
"""Letters of a link that mail and chat keep whole."""

LONGEST_SHARED: Final = LONGEST_KEPT - 60
"""Letters of a shared query that leave room for the address before it; a title is cut to keep to them."""

PIN: Final = "pin"
"""Key of a scenario that a link keeps beside its own; see `model.pins`."""

_NEVER_SHARED: Final = frozenset({"embed", "embed_options", "chart", "saw", "title"})
"""Page keys that belong to one visit, or that the sender gives anew."""

WORLD: Final = "world"
"""Key of the world that the numbers are in; a link without it is weighted."""

_SCENARIO_KEYS: Final = ("edition", "preset", "model_version", WORLD)
_OWN_KEYS: Final = frozenset({*_SCENARIO_KEYS, WHOLE, END})

_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class Scenario:
    """A complete state: edition, the preset it started from, and every assumption, by key and in its own unit.

    asked: the assumptions as they were set, as sliders and links hold them
    world: of `WORLDS`: whether results are those of an alliance that is done, weighted by its chance, or failed
    values: what is computed with: as asked, but the chance, where the world fixes it

    Raises ValueError for an unknown edition, preset or world, and unless there is a finite number for every assumption.
    Whether each is within its bounds, and the cars at Canton fit, is for whoever asks: `of`, links and sliders.
    """

    edition: str
    preset: str
    asked: Mapping[str, float]
    world: str = WEIGHTED
    values: Mapping[str, float] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what is not complete, and keep copies that nobody changes."""
        require_edition(self.edition)
        require_known("preset", self.preset, PRESETS)
        require_known("world", self.world, WORLDS)
        require_whole(self.asked)
        object.__setattr__(self, "asked", MappingProxyType(dict(self.asked)))
        object.__setattr__(self, "values", MappingProxyType(computed_values(self.asked, self.world)))

    @classmethod
    def of(
        cls, preset: str = DEFAULT_PRESET, *, edition: str | None = None, world: str = WEIGHTED, **values: float
    ) -> "Scenario":
        """A preset with some assumptions moved, on its own edition unless another is named.

        world: of `WORLDS`
        values: by key, in the unit of `ASSUMPTIONS[key].unit`; shares are fractions, 25 % is 0.25
        Raises ValueError that names everything unknown or out of bounds, and more cars at Canton than fit.
        """
        require_known("preset", preset, PRESETS)
        chosen = PRESETS[preset].edition if edition is None else edition
        require_edition(chosen)
        faults = [unknown("assumption", key, ASSUMPTIONS) or out_of_bounds(key, value) for key, value in values.items()]
        if any(faults):
            raise refused(filter(None, faults))
        asked = {**preset_values(preset, chosen), **{key: float(value) for key, value in values.items()}}
        if overflow := fit_capacity(asked)[1]:
            raise refused(f"{r.key} ({ASSUMPTIONS[r.key].label}) = {r.value}: {r.reason}" for r in overflow)
        return cls(chosen, preset, asked, world)

    def __repr__(self) -> str:
        """The call of `of` that gives it."""
        moved = "".join(f", {key}={value!r}" for key, (_, value) in self.edited().items())
        world = "" if self.world == WEIGHTED else f", world={self.world!r}"
        return f"Scenario.of({self.preset!r}, edition={self.edition!r}{world}{moved})"

    @property
    def fixed(self) -> frozenset[str]:
        """Assumptions that the world fixes: moved by themselves they change nothing."""
        return frozenset({CHANCE} if self.world in CERTAIN_SHARE else ())

    @property
    def freed(self) -> "Scenario":
        """A scenario of the same results in which nothing is fixed, so that the chance can be moved by itself."""
        return Scenario(self.edition, self.preset, self.values)

    def in_world(self, world: str) -> "Scenario":
        """The same scenario in a world, of `WORLDS`."""
        return Scenario(self.edition, self.preset, self.asked, world)

    def changed(self) -> dict[str, tuple[float, float]]:
        """Assumptions that differ from the edition's default: key to (default, value)."""
        defaults = preset_values(DEFAULT_PRESET, self.edition)
        return {k: (defaults[k], v) for k, v in self.asked.items() if v != defaults[k]}

    def edited(self) -> dict[str, tuple[float, float]]:
        """Assumptions that differ from the preset: key to (the preset's value, value)."""
        start = preset_values(self.preset, self.edition)
        return {k: (start[k], v) for k, v in self.asked.items() if v != start[k]}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of a link that was not used: the key, its value as given, why, and what was used instead.

    overflow: the value is good by itself but asks more of Canton than it can build
    told: nothing is lost; it is used in another form, which the reader is told
    """

    key: str
    value: str
    reason: str
    used: str
    overflow: bool = False
    told: bool = False


def default_scenario() -> Scenario:
    """The status quo of the current edition."""
    return scenario_of_preset(DEFAULT_PRESET)


def scenario_of_preset(name: str, edition_name: str | None = None) -> Scenario:
    """A preset as it stands, on its own edition unless another is named."""
    chosen = edition_name or PRESETS[name].edition
    return Scenario(chosen, name, preset_values(name, chosen))


def to_query(scenario: Scenario) -> str:
    """The scenario as a query string: edition, model version, preset, world unless weighted, and every assumption.

    Figures of one's own stand behind them, each by its key.
    """
    return urlencode([*_head(scenario), *((key, number_text(scenario.asked[key])) for key in ASSUMPTIONS)])


def _head(scenario: Scenario) -> list[tuple[str, str]]:
    world = [] if scenario.world == WEIGHTED else [(WORLD, scenario.world)]
    return [
        ("edition", base_of(scenario.edition)),
        ("model_version", MODEL_VERSION),
        ("preset", scenario.preset),
        *world,
        *own_pairs(scenario.edition),
    ]


def differing_pairs(scenario: Scenario) -> list[tuple[str, str]]:
    """A scenario as pairs of a query: where it starts, and what differs from its preset."""
    edited = scenario.edited()
    moved = ((key, number_text(scenario.asked[key])) for key in ASSUMPTIONS if key in edited)
    return [*_head(scenario), *moved]


def own_pairs(edition_name: str) -> list[tuple[str, str]]:
    """The figures of one's own in an edition as pairs of a query."""
    return [(key, number_text(value)) for key, value in edition(edition_name).own.items()]


def share_query(
    scenario: Scenario,
    saw: str = "",
    title: str = "",
    page_state: Iterable[tuple[str, str]] = (),
    checked: bool = False,
) -> str:
    """The query string to share: what differs from the preset, what is looked at, a title and the receipt.

    saw: the fingerprint of the headline results
    title: what the sender calls the scenario; cut where the query would become too long
    page_state: pairs of a page's own keys; embedding is never passed on, and no other key is
    checked: whether it says where it ends, so that a cut is noticed
    """
    first, last = ([(WHOLE, "1")], f"&{END}=1") if checked else ([], "")
    pairs = [*first, *differing_pairs(scenario)]
    looked_at = [(key, value) for key, value in page_state if key in PAGE_KEYS - _NEVER_SHARED]
    query, name = urlencode([*pairs, *looked_at, *([("saw", saw)] if saw else [])]), clean_title(title)
    room = LONGEST_SHARED - len(last)
    while name and len(query) + len(_title_pair(name)) > room:
        name = name[:-1].rstrip()
    return f"{query}{_title_pair(name) if name else ''}{last}"


def _title_pair(title: str) -> str:
    return f"&{urlencode({'title': title})}"


def clean_title(text: str) -> str:
    """A title on one line, printable and no longer than a title may be."""
    return printable(" ".join(text[: 4 * LONGEST_TITLE].split()))[:LONGEST_TITLE].rstrip()


def to_pairs(link: str) -> list[tuple[str, str]]:
    """Key and value pairs of a link, a query string or `key=value` text, in their order."""
    query = link.strip().partition("#")[0]
    if "?" in query or "://" in query.partition("=")[0]:  # a link, which may have no query at all
        query = query.partition("?")[2]
    return parse_qsl(unescaped(query), keep_blank_values=True, encoding="utf-8", errors="replace")


def unescaped(query: str) -> str:
    """The query with `amp;key` read as `key`, where that is known: some programs write a link as HTML, even twice."""
    return "&".join(map(_unescaped_pair, query.split("&"))) if "amp" in query.lower() else query


def _unescaped_pair(pair: str) -> str:
    escaped = _ESCAPED.match(pair)
    plain = pair[escaped.end() :] if escaped else pair
    return plain if _is_known(unquote_plus(plain.partition("=")[0])) else pair


def _is_known(key: str) -> bool:
    return (
        key in ASSUMPTIONS
        or key in BASE_FIGURES
        or key in PAGE_KEYS
        or key in ALIASES
        or key in RETIRED
        or key in _OWN_KEYS
        or is_foreign(key)
    )


def names_scenario(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether pairs of a link say anything of a scenario, rather than only what is looked at."""
    ours = {*ASSUMPTIONS, *BASE_FIGURES, *ALIASES, *RETIRED, *_SCENARIO_KEYS}
    return any(key in ours for key, _ in pairs)


def is_foreign(key: str) -> bool:
    """Whether a key is one that sharing services or caches add to any link."""
    return key.lower() in _FOREIGN_KEYS or key.lower().startswith(_FOREIGN_STARTS)


def from_query(link: str | Iterable[tuple[str, str]]) -> tuple[Scenario, tuple[Refusal, ...]]:
    """The scenario that a link describes, and everything in it that was refused.

    link: a link, a query string, or its pairs of key and value. Never raises on any text.
    """
    refusals: list[Refusal] = []

    def refuse(key: str, value: str, reason: str, used: str) -> None:
        refusals.append(refusal(key, value, reason, used))

    if isinstance(link, str):
        if len(link) > LONGEST_LINK:
            refuse("link", link, f"longer than {LONGEST_LINK} characters", "the status quo")
            return default_scenario(), tuple(refusals)
        pairs = to_pairs(link)
    else:
        pairs = list(link)
    names = {name for name, _ in pairs}
    if WHOLE in names and END not in names:
        refuse("link", "=".join(pairs[-1]), NOT_WHOLE, AS_READ)
    if len(pairs) > MOST_PAIRS:
        refuse("link", pairs[MOST_PAIRS][0], f"more than {MOST_PAIRS} values", f"the first {MOST_PAIRS}")
        pairs = pairs[:MOST_PAIRS]
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in PAGE_KEYS or name in (WHOLE, END) or is_foreign(name):
            continue
        key = ALIASES.get(name, name)
        if key in given:
            refuse(key, value, "given more than once", f"the first, {shown(given[key])}")
        elif key in ASSUMPTIONS or key in BASE_FIGURES or key in RETIRED or key in _SCENARIO_KEYS:
            given[key] = value
        else:
            refuse(key, value, "unknown key", "nothing")

    preset = given.get("preset", DEFAULT_PRESET)
    if preset not in PRESETS:
        known = f"known: {', '.join(MAIN_PRESETS)}, and one for each claim"
        refuse("preset", preset, f"unknown preset ({known})", DEFAULT_PRESET)
        preset = DEFAULT_PRESET
    fallback = PRESETS[preset].edition
    edition_name = given.get("edition", fallback)
    if edition_name not in editions():
        refuse("edition", edition_name, f"unknown edition (known: {', '.join(editions())})", fallback)
        edition_name = fallback
    edition_name, of_figures = read_own(edition_name, given)
    refusals += of_figures
    version = given.get("model_version", MODEL_VERSION)
    if version in OLDER_VERSIONS:
        refusals.append(told("model_version", version, "made with an earlier model", f"model {MODEL_VERSION}"))
    elif version not in VERSIONS:
        refuse("model_version", version, "unknown model version", MODEL_VERSION)

    world = given.get(WORLD, WEIGHTED)
    if world not in WORLDS:
        refuse(WORLD, world, f"unknown world (known: {', '.join(WORLDS)})", WEIGHTED)
        world = WEIGHTED

    values = preset_values(preset, edition_name)
    for key, text in [*given.items()]:
        if key in RETIRED:
            became = [new for new in RETIRED[key].becomes if new not in given]
            given.update(dict.fromkeys(became, text))
            refusals.append(told(key, text, RETIRED[key].words, f"as {' and '.join(became)}" if became else "nothing"))
    for key, text in given.items():
        if key in ASSUMPTIONS:
            a = ASSUMPTIONS[key]
            try:
                values[key] = number_of(text, a.minimum, a.maximum, a.unit)
            except ValueError as error:
                refuse(key, text, str(error), number_text(values[key]))
    fitting, overflow = fit_capacity(values)
    return Scenario(edition_name, preset, fitting, world), (*refusals, *overflow)


def read_own(base: str, given: Mapping[str, str]) -> tuple[str, tuple[Refusal, ...]]:
    """A published edition with the figures of one's own among texts by key, and what was refused of them."""
    own: dict[str, float] = {}
    reasons: dict[str, str] = {}
    for key in BASE_FIGURES.keys() & given.keys():
        figure = BASE_FIGURES[key]
        try:
            own[key] = number_of(given[key], figure.minimum, figure.maximum, figure.unit)
        except ValueError as error:
            reasons[key] = str(error)
    reasons |= at_odds(base, own)
    name = derived(base, {key: value for key, value in own.items() if key not in reasons})
    published = edition(base)
    refused_figures = (
        refusal(key, given[key], reasons[key], f"the published {number_text(published.figure(key))}")
        for key in BASE_FIGURES
        if key in reasons
    )
    return name, tuple(refused_figures)


def fit_capacity(values: Mapping[str, float]) -> tuple[dict[str, float], tuple[Refusal, ...]]:
    """The assumptions with as many cars at Canton as fit, and what was refused to get there."""
    fitting, refusals = dict(values), []
    capacity = fitting["canton_capacity_kveh"]
    for key, room, whose in (
        ("canton_base_kveh", capacity, "Nissan's own cars"),
        ("canton_honda_trucks_kveh", capacity - min(fitting["canton_base_kveh"], capacity), "trucks for Honda"),
    ):
        if fitting[key] > room:
            limit = f"Canton can build {number_text(capacity)} thousand a year"
            reason = f"{limit}, which leaves room for {number_text(room)} thousand {whose}"
            refusals.append(Refusal(key, number_text(fitting[key]), reason, number_text(room), overflow=True))
            fitting[key] = room
    return fitting, tuple(refusals)


def number_of(text: str, low: float, high: float, unit: str = "") -> float:
    """The number that a text of a link stands for; ValueError with the reason where it is none within the bounds."""
    if len(text) > SHOWN_VALUE or not _NUMBER.fullmatch(text):
        raise ValueError("not a plain number such as 0.15")
    number = float(text) + 0.0  # -0 becomes 0
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    if not low <= number <= high:
        bound, limit = ("below the lowest", low) if number < low else ("above the highest", high)
        raise ValueError(f"{bound} value, {number_text(limit)}{f' ({unit})' if unit else ''}")
    return number


def printable(text: str) -> str:
    """The text on one line, without control characters and without letters that no encoding has."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def year_refusal(asked: str, years: Sequence[str]) -> Refusal:
    """That a fiscal year in focus is none of an edition's; its last one is used."""
    return refusal("year", asked, f"not a fiscal year of this edition ({', '.join(years)})", years[-1])


def shown(text: str) -> str:
    """A hostile text made short and printable; whoever shows it escapes it for its medium."""
    return printable(text) if len(text) <= SHOWN_VALUE else printable(text[:SHOWN_VALUE]) + "…"


def refusal(key: str, value: str, reason: str, used: str) -> Refusal:
    """A refusal of texts that may be hostile, made fit to be shown."""
    return Refusal(shown(key), shown(value), reason, used)


def told(key: str, value: str, reason: str, used: str) -> Refusal:
    """What a reader is told of a part that was used in another form; the texts may be hostile."""
    return Refusal(shown(key), shown(value), reason, used, told=True)
