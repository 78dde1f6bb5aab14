"""What can be compared: the securities that the app knows by name, and the form of any other Yahoo symbol."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

SHARE: Final = "share"
INDEX: Final = "index"
RATE: Final = "rate"
RATE_ENDING: Final = "=X"


@dataclass(frozen=True, slots=True)
class Listing:
    """A security by its Yahoo symbol: name, where it is traded, currency, and what one unit of it is.

    short: a name that fits at the end of a line on a phone
    company: its name in this app's colours, empty for indices and rates
    shares_per_unit: ordinary shares that one unit stands for; more than 1 for a depositary receipt
    """

    symbol: str
    label: str
    short: str
    company: str
    place: str
    currency: str
    kind: str = SHARE
    shares_per_unit: float = 1.0


_KNOWN: Final = (
    Listing("7267.T", "Honda", "Honda", "Honda", "Tokyo", "JPY"),
    Listing("HMC", "Honda ADR", "HMC", "Honda", "New York", "USD", shares_per_unit=3.0),
    Listing("7201.T", "Nissan", "Nissan", "Nissan", "Tokyo", "JPY"),
    Listing("TSLA", "Tesla", "Tesla", "Tesla", "New York", "USD"),
    Listing("BYDDY", "BYD ADR", "BYDDY", "BYD", "New York, over the counter", "USD"),
    Listing("1211.HK", "BYD", "BYD", "BYD", "Hong Kong", "HKD"),
    Listing("7203.T", "Toyota", "Toyota", "Toyota", "Tokyo", "JPY"),
    Listing("F", "Ford", "Ford", "Ford", "New York", "USD"),
    Listing("GM", "GM", "GM", "General Motors", "New York", "USD"),
    Listing("^GSPC", "S&P 500", "S&P 500", "", "New York", "USD", INDEX),
    Listing("^N225", "Nikkei 225", "Nikkei", "", "Tokyo", "JPY", INDEX),
    Listing("JPY=X", "Yen rate", "Yen rate", "", "currency market", "JPY", RATE),
)

LISTINGS: Final[Mapping[str, Listing]] = MappingProxyType({listing.symbol: listing for listing in _KNOWN})
"""Securities that the app knows, by symbol."""

LONGEST_SYMBOL: Final = 15
_SYMBOL: Final = re.compile(r"\^?[A-Z0-9]+([.\-=][A-Z0-9]+)*(=)?", re.ASCII)
_ISIN: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]", re.ASCII)


def symbol_problem(text: str) -> str:
    """Why a text cannot be a Yahoo symbol, or nothing; letters must be capitals."""
    if not text:
        return "empty"
    if len(text) > LONGEST_SYMBOL:
        return f"longer than {LONGEST_SYMBOL} characters"
    if not _SYMBOL.fullmatch(text):
        return "not a Yahoo symbol such as TSLA, 7267.T, BRK-B or ^GSPC"
    if _ISIN.fullmatch(text):
        return "an ISIN, not a Yahoo symbol such as TSLA or 7267.T"
    return ""


_CLASS_SHARE: Final = re.compile(r"([A-Z]{1,5})\.([A-Z])", re.ASCII)
_EXCHANGES: Final = "FLTV"
"""Endings of one letter that are exchanges: Frankfurt, London, Tokyo and Toronto's Venture."""

_ASIAN: Final = re.compile(r"\d{4}", re.ASCII)
_TOKYO: Final = re.compile(r"\d{3}[A-Z]", re.ASCII)


def hint(symbol: str) -> str:
    """What may have been meant by a symbol that nobody knows, in a sentence; empty where there is no telling."""
    share = _CLASS_SHARE.fullmatch(symbol)
    if share and share[2] not in _EXCHANGES:
        return f"Yahoo writes class shares with a dash: {share[1]}-{share[2]}."
    if _ASIAN.fullmatch(symbol):
        return f"Yahoo adds the exchange: {symbol}.T in Tokyo, {symbol}.HK in Hong Kong."
    if _TOKYO.fullmatch(symbol):
        return f"Yahoo adds the exchange: {symbol}.T in Tokyo."
    return ""


def label_of(symbol: str) -> str:
    """The name of a security, or its symbol where the app does not know it."""
    return LISTINGS[symbol].label if symbol in LISTINGS else symbol


def short_of(symbol: str) -> str:
    """A short name of a security, or its symbol where the app does not know it."""
    return LISTINGS[symbol].short if symbol in LISTINGS else symbol


def rate_symbol(currency: str) -> str:
    """The Yahoo symbol of a currency's units per US dollar; empty for the dollar itself."""
    return "" if currency == "USD" else f"{currency}{RATE_ENDING}"


_CURRENCIES: Final = (
    "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "HKD", "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR",
    "NOK", "NZD", "PLN", "SEK", "SGD", "THB", "TRY", "TWD", "ZAR",
)  # fmt: skip
"""Of the larger exchanges: what is quoted in one of them needs its rate."""

OFFERED: Final = frozenset({*LISTINGS, *map(rate_symbol, _CURRENCIES)})
"""Symbols that the app asks for by itself: so few that nobody can make it ask for many. All others are a visitor's."""
