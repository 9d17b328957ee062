"""Scenarios over scenarios, and numbers set by hand: errors name the layer that is wrong."""

from pathlib import Path

import pytest

from game.core.errors import InputError, PaxError
from game.files.layers import seat_codes
from game.files.scenarios import bundled, read_scenario

OVER = "based_on: pax_silica_2026\nname: mine\n"


def wrong(path: Path, *overrides: str) -> str:
    with pytest.raises(PaxError) as caught:
        read_scenario(str(path), overrides)
    return str(caught.value)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_error_in_a_base_names_the_base(tmp_path: Path) -> None:
    base = written(tmp_path, "base", OVER + "places: {JPN: {engineers: {value: -4, estimate: x}}}\n")
    top = written(tmp_path, "top", f"based_on: {base}\nname: top\n")
    assert wrong(top).startswith(f"{base}:3:27: places.JPN.engineers: -4 is below")


def test_unknown_base_is_shown_where_it_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "x", "based_on: pax_silica_2025\nname: x\n")
    assert wrong(path).startswith(f"{path}:1:11: based_on: unknown scenario 'pax_silica_2025' (did you mean")


def test_circle_of_bases_is_named(tmp_path: Path) -> None:
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    written(tmp_path, "first", f"based_on: {second}\nname: a\n")
    written(tmp_path, "second", f"based_on: {first}\nname: b\n")
    assert wrong(first) == f"{second}:1:11: based_on: '{first}' is based on this file in turn"


def test_unknown_key_is_named_before_its_missing_source(tmp_path: Path) -> None:
    path = written(tmp_path, "x", OVER + "quaters: 3\nrace: {psot: 0.6}\n")
    assert wrong(path).splitlines() == [
        f"{path}:3:1: quaters: unknown key (did you mean 'quarters'?)",
        f"{path}:4:8: race.psot: unknown key (did you mean 'post'?)",
    ]


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("places.JPN.engineers=-1", "--set places.JPN.engineers=-1: places.JPN.engineers: -1 is below"),
        ("places.JPN.enginers=1", "--set places.JPN.enginers=1: places.JPN.enginers: unknown key (did you mean 'engi"),
        ("places.JPN.engineers=1e308", "is above the most allowed 1000000000"),
        ("places.JPN.gdp.low=5", "--set places.JPN.gdp.low: nothing is below places.JPN.gdp; set that itself"),
        ("places.JPN.gdp.value=5", "nothing is below places.JPN.gdp"),
        ("places.JPN.engineers=", "write PATH=VALUE"),
        ("=1", "write PATH=VALUE"),
        ("hubs.9=SGP", "'9' is no position in a list of 4; the first is 0"),
        ("hubs.\u00b2=SGP", "is no position in a list"),
        ("parameters.markt.keep=1", "unknown subject 'markt' (did you mean 'market'?)"),
    ],
)
def test_number_set_by_hand_is_refused_in_one_line_that_names_the_option(override: str, said: str) -> None:
    with pytest.raises(PaxError) as caught:
        read_scenario("classroom", [override])
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_path_set_to_two_values_is_refused() -> None:
    with pytest.raises(PaxError, match=r"--set quarters=9: quarters is set already, by --set quarters=8"):
        read_scenario("classroom", ["quarters=8", "quarters=9"])


def test_entry_of_a_list_can_be_set() -> None:
    scenario = read_scenario("classroom", ["hubs.0=JPN"]).scenario
    assert scenario.hubs[0] == scenario.place_axis.at("JPN")


def test_figures_are_read_strictly(tmp_path: Path) -> None:
    figure = "places: {JPN: {engineers: {value: 30, %s}}}\n"
    for text, said in {
        "low: abc, high: 40, estimate: x": "places.JPN.engineers.low: 'abc' is no number",
        "low: true, high: 40, estimate: x": "places.JPN.engineers.low: true is no number",
        "low: -5, high: 40, estimate: x": "places.JPN.engineers: -5 is below the least allowed 0",
        "high: 1e12, estimate: x": "is above the most allowed",
        "source: {a: b}, date: '2025'": "a mapping is not in sources.yaml",
        "source: [[a]], date: '2025'": "a list is not in sources.yaml",
        "source: imf_oct25, date: {a: 1}": "places.JPN.engineers.date: a mapping is no date",
        "source: imf_oct25, date: null": "a source needs a date beside it",
    }.items():
        with pytest.raises(InputError) as caught:
            read_scenario(str(written(tmp_path, "x", OVER + figure % text)))
        assert said in str(caught.value), text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("teams: {a: [JPN], b: [JPN]}", "JPN is held by 'a' already"),
        ("teams: {a: []}", "a team without seats"),
        ("hubs: [SGP, SGP]", "'SGP' is named 2 times"),
        ("trust: [{between: [JPN, JPN], trust: 0.1, estimate: x}]", "two places are needed"),
        (
            "trust: [{between: [JPN, CHN], trust: 0.1, estimate: x}, {between: [CHN, JPN], trust: 0.2, estimate: x}]",
            "trust.1.between: trust between CHN and JPN is given before",
        ),
        (
            "controls: [{owner: CHN, class: minerals, goods: [hbm], targets: [JPN], level: ban, since: 2026Q1}]",
            "'hbm' is not of class minerals",
        ),
        (
            "controls: [{owner: CHN, class: minerals, targets: [CHN], level: ban, since: 2026Q1}]",
            "CHN cannot control its exports to itself",
        ),
        (
            "controls: [{owner: CHN, class: minerals, targets: [JPN], level: ban, since: 2027Q1, until: 2026Q1}]",
            "2026Q1 is not after 2027Q1",
        ),
        (
            "controls: [{owner: CHN, class: minerals, targets: [JPN], level: ban, passes: 0.3, estimate: x, "
            "since: 2026Q1}]",
            "controls.0.passes: a ban lets through only what leaks",
        ),
        (
            "controls: [{owner: USA, class: people, targets: [CHN], level: licence, since: 2027Q1}]",
            "controls.0.since: a control on people must be in force at the opening",
        ),
        ("objectives: {JPN: {text: a, metric: safty, floor: 1, target: 2, estimate: x}}", "did you mean 'safety'?"),
        ("objectives: {JPN: {text: a, metric: safety, floor: 1, target: 1, estimate: x}}", "the two must differ"),
        (
            "events: {storm: {words: A storm, effects: {plnts: 1}, odds: 1, estimate: x}}",
            "unknown lever 'plnts' (did you mean 'plants'?)",
        ),
        (
            "blocs: {pax_silica: {members: [], observers: []}}",
            "blocs.pax_silica.members: no members, but the race is about this bloc",
        ),
        ("recipes: {accelerators: {hbm: 0, leading_logic: 0, estimate: x}}", "recipes.accelerators: accelerators need"),
        ("technology: []", "technology: 0 entries; at least 1 needed"),
        ('first_quarter: "20\uff12\uff16Q1"', "does not have the form"),
    ],
)
def test_scenario_that_cannot_be_played_as_it_says_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in wrong(written(tmp_path, "x", f"{OVER}{text}\n"))


def test_the_seats_of_a_scenario_are_known_without_reading_all_of_it() -> None:
    for name in ("classroom", "pax_silica_2026"):
        assert tuple(seat_codes(name)) == bundled(name).seats
    assert "JPN" not in seat_codes("classroom", ["places.JPN.seat=false"])
