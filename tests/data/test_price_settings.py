"""The variable that says where prices are asked for means what it says, or is refused by name."""

import pytest

from data.prices.__main__ import main
from data.prices.settings import HOST_VARIABLE, SettingError, price_host, switched_off


@pytest.mark.parametrize("word", ["off", "OFF", "Off", " off "])
def test_off_switches_off_in_any_letters(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOST_VARIABLE, word)
    assert switched_off()


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ("", ""),
        ("  ", ""),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://prices.example.org/", "https://prices.example.org"),
        ("HTTP://Prices:80", "http://prices:80"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_and_nothing_are_taken(given: str, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOST_VARIABLE, given)
    assert price_host() == host
    assert not switched_off()


@pytest.mark.parametrize(
    "given",
    [
        "none", "false", "0", "no", "offf", "file:///etc/passwd", "http://", "https://:80", "127.0.0.1:8080",
        "prices.example.org", "ftp://prices.example.org", "http://a b", "http://a\nb", "http://user:word@host",
        "http://host/path", "http://host?x=1", "http://host#x", "http://host:0", "http://host:99999", "http://-a", "http://a..b",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_the_variable_the_value_and_what_is_allowed(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOST_VARIABLE, given)
    with pytest.raises(SettingError) as raised:
        price_host()
    said = str(raised.value)
    assert said.startswith(f'{HOST_VARIABLE} is "{given}"')
    assert "off" in said
    assert "http(s)://host[:port]" in said


@pytest.mark.parametrize("given", ["none", "off"])
def test_a_refresh_asks_nobody_where_it_may_not(
    given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOST_VARIABLE, given)
    with pytest.raises(SystemExit):
        main(["refresh"])
    assert f"{HOST_VARIABLE} is " in capsys.readouterr().err
