"""Systems of the game by their number in the design: where each is, how it is switched off, and what must move then.

`systems.md` is made from this table (a test compares them), and `pax-silica ablate` plays games with each system off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.core.errors import PaxError
from game.core.names import SUPPLIER_KINDS, Axis
from game.core.scenario import Scenario


@dataclass(frozen=True, slots=True)
class System:
    """One system.

    Parameters
    ----------
    id : number in the design.
    title : what it does here.
    files : under `game/rules`, by name.
    phases : of the quarter in which it acts, in the order of `book.py`.
    off : overrides of the scenario that take its effect away; `*` stands for every name there, `<kind,kind>` for the
        suppliers of these kinds.
    moves : the number that must move when it is off, by its name in `game/lab/numbers.py`.
    """

    id: str
    title: str
    files: tuple[str, ...]
    phases: tuple[str, ...]
    off: tuple[str, ...]
    moves: str


def _system(id: str, title: str, files: str, phases: str, off: Iterable[str], moves: str) -> System:
    return System(id, title, tuple(f"{name}.py" for name in files.split()), tuple(phases.split()), tuple(off), moves)


_CRAFT = "parameters.statecraft."
SYSTEMS: tuple[System, ...] = (
    _system(
        "S1", "minerals in two stages: ore and refining, light and heavy rare earths apart; by-products grow only with "
        "their host; rare-earth plants abroad save as a whole chain works in one bloc", "production trade chain",
        "produce ship keep_books",
        ("recipes.ndpr.light_ore=0", "recipes.dytb.heavy_ore=0", "parameters.plants.chain_scale=0"), "dytb_price",
    ),
    _system(
        "S2", "national stock: bought by order and by the standing target, used when goods are short; joint stock of a "
        "bloc, shared by need and by contribution", "trade treasury jointstock", "spend ship share",
        ("parameters.plants.stock_share=0", "parameters.plants.stock_pace=0", f"{_CRAFT}joint_cover=0"),
        "idle_fab_quarters",
    ),
    _system(
        "S3", "recyclers and synthetic routes make minerals without ore, dearer and slower", "production construction",
        "firms_build produce",
        ("suppliers.<recycler,synthetic>.capacity=0", "suppliers.<recycler,synthetic>.room.capacity=0.001"),
        "dytb_price_8",
    ),
    _system(
        "S4", "fabs: sites and tenders for them, nodes, lead times, yield learning, subsidy, state equity, crowding of "
        "a site and its relief, customers who buy ahead", "construction tenders yields anchors",
        "invest firms_build learn_yields advance",
        ("parameters.fabs.crowding=0", "parameters.fabs.learning=0.02", f"{_CRAFT}anchor=0"), "leading_output",
    ),
    _system(
        "S5", "the 50-day line learns three times as often, changes node sooner, and its wafers are dearer",
        "yields construction production",
        "produce learn_yields", ("parameters.fabs.fast_learning=1", "parameters.fabs.fast_cost=1"),
        "quarters_to_70_yield",
    ),
    _system(
        "S6", "DUV, EUV and High-NA tools gate new lines; without EUV finer nodes run at poor yield",
        "production construction controls", "firms_build produce",
        ("nodes.5.euv=0", "nodes.3.euv=0", "nodes.2.euv=0"), "chip_independence",
    ),
    _system(
        "S7", "HBM gates accelerators; places in the queue are kept by charter and by contract", "production trade",
        "produce ship", ("parameters.fabs.stacks_per_wafer=120",), "compute_installed",
    ),
    _system(
        "S8", "2.5D packaging gates accelerators; glass makes it cheaper, cooler and sought", "production glass",
        "produce prove", ("parameters.fabs.h100e_per_package_wafer=60", "parameters.fabs.glass_hazard=0"),
        "compute_installed",
    ),
    _system(
        "S9", "certified silicon: audits find where chips went, certified chips earn more, compliant firms build more",
        "standards reexports", "follow sell",
        (f"{_CRAFT}provenance=0", f"{_CRAFT}premium=0", f"{_CRAFT}compliant=0", f"{_CRAFT}audit=0"), "leak_share",
    ),
    _system(
        "S10", "controls at six levels in six classes, licences, entity list, secondary rules, refusals, leaks, "
        "enforcement, learning by the target, promises kept and broken",
        "controls pledges breaches settlement trade law_controls",
        "breach enact inspect ship network teach",
        ("parameters.leakage.base=0", "parameters.leakage.slope=0", "parameters.controls.learning=0"), "leak_share",
    ),
    _system(
        "S11", "blocs: charters, motions and votes, admission, leaving, dues, and the race's two sides; contracts that "
        "bind two and more, verified by third places for a fee", "blocs motions pacts fees",
        "come_and_go collect drift pay verify run_out grow_old",
        (f"{_CRAFT}signing=30", f"{_CRAFT}motion=30", f"{_CRAFT}dues=0", f"{_CRAFT}verifying=0"), "trust",
    ),
    _system(
        "S12", "joint research, technology licences and joint ventures; closed borders cost research",
        "knowhow ventures research yields", "put_in learn_yields advance spread",
        (f"{_CRAFT}licence=0", f"{_CRAFT}hub=0", f"{_CRAFT}hub_dues=0", "parameters.research.closed=0"),
        "laggards_gap",
    ),
    _system(
        "S13", "engineers: universities, visas, drain to better pay, retirement; a shortage slows plants and data "
        "centres", "people", "enrol arrive staff",
        ("parameters.people.drain=0", "parameters.people.visa_pool=0", f"{_CRAFT}visa_pool=0"), "labour_gap",
    ),
    _system(
        "S14", "power for plants and data centres: grid, LNG, renewables, small reactors, fuel by contract, each with "
        "cost and lead time", "power", "order_power supply balance",
        ("parameters.power.grid_lead=2", "parameters.power.grid_cost=0.1"), "power_gap",
    ),
    _system(
        "S15", "compute: private and sovereign purchases, service life, power draw by node, four uses, renting",
        "compute production", "budgets produce rent", ("parameters.compute.benefit=0",), "mean_score",
    ),
    _system(
        "S16", "physical AI: test platforms shared by contract, robots in plants and mines, which take magnets and "
        "mature chips", "standards people production", "follow staff produce",
        (f"{_CRAFT}platform=0",), "labour_gap",
    ),
    _system(
        "S17", "safety guardrails: one standard or another costs compute and prevents incidents", "standards events",
        "strike follow",
        (f"{_CRAFT}guardrail_cost=0", f"{_CRAFT}guardrail_safety=0", f"{_CRAFT}mixed=0"), "incidents",
    ),
    _system(
        "S18", "the non-aligned earn from routed and shunned trade and feel secondary rules", "relations treasury",
        "drift settle", ("parameters.leakage.hub_value=0", f"{_CRAFT}neutral_fee=0"), "neutral_score",
    ),
    _system(
        "S19", "what is declared against what is true: estimates with bands, intelligence, threats, bluffs, campaigns",
        "signals intelligence law_statecraft", "speak fade",
        (f"{_CRAFT}insight=0", f"{_CRAFT}threat=0"), "forecast_error",
    ),
    _system(
        "S20", "approval follows prosperity, shortage, rules and climate pledges; lobbies and elections at home",
        "relations politics", "approve stir", (f"{_CRAFT}lobbying=0", "parameters.state.climate=0"), "bans_lifted",
    ),
    _system("S21", "the race of two bars, the post, the dividend", "race", "run", ("race.post=1",), "mean_score"),
    _system(
        "S22", "lines of one nation in the other bloc run on a yearly licence and can be cut off",
        "controls production", "enact produce", ("parameters.fabs.parts_alive=1",), "hostage_signing",
    ),
    _system(
        "S23", "events with odds by kind and place, choices for whom they strike, and losses that fade", "events",
        "respond strike", ("events.*.odds=0",), "output_lost",
    ),
    _system(
        "S24", "blocked sea routes cut trade; guards of routes, guarantees and dispersed stocks lessen it",
        "guards events", "stand_guard strike spoil inspect ship",
        (f"{_CRAFT}guards=0", f"{_CRAFT}dispersal=0", f"{_CRAFT}deterrence=0", f"{_CRAFT}guarantee=0"), "strait_loss",
    ),
    _system(
        "S25", "money: budgets, bonds with interest, taxes on rents, private capital that follows public money and "
        "profit; multi-year laws, which draw more of it; half-empty lines lose cash",
        "treasury construction laws profits", "spend invest build keep_books settle lock",
        ("parameters.state.private_match=0", "parameters.state.law_most=0"), "leading_output",
    ),
    _system(
        "S26", "mature chips keep industry alive; their shortage costs income and approval at home",
        "production score", "produce keep",
        ("recipes.installation.gallium=0", "goods.mature_chips.growth=-0.2"), "car_chip_shortage",
    ),
)  # fmt: skip

NUMBERED = Axis("system", (system.id for system in SYSTEMS))


def system_of(id: str) -> System:
    """The system of a number. Raises PaxError."""
    return SYSTEMS[NUMBERED.at(id)]


def overrides_of(system: System, s: Scenario) -> tuple[str, ...]:
    """What switches a system off in a scenario, every name written out, as `run --set` takes it."""
    return tuple(path for pattern in system.off for path in _written_out(pattern, s))


def _written_out(pattern: str, s: Scenario) -> list[str]:
    if pattern.startswith("events.*"):
        return [pattern.replace("*", kind) for kind in s.events.axis]
    head, opened, rest = pattern.partition("<")
    if not opened:
        return [pattern]
    kinds, _, tail = rest.partition(">")
    wanted = {SUPPLIER_KINDS.at(kind) for kind in kinds.split(",")}
    room = ".room." in tail
    return [
        f"{head}{name}{tail}"
        for i, name in enumerate(s.suppliers.axis)
        if int(s.suppliers.kind[i]) in wanted and not (room and s.suppliers.room[i, 0] <= 0.0)
    ]


def chosen(ids: str | None) -> tuple[System, ...]:
    """Systems by their numbers, 'S2,S9'; all where none is named. Raises PaxError."""
    if ids is None:
        return SYSTEMS
    found = [system_of(word.strip()) for word in ids.split(",") if word.strip()]
    if not found:
        raise PaxError(f"--systems names none; systems: {', '.join(NUMBERED)}")
    return tuple(dict.fromkeys(found))


def table() -> str:
    """The text of `systems.md`."""
    head = (
        "# Systems: where each is, and how to switch it off\n\n"
        "Every system of the game by its number in the design: what it does here, the files under `game/rules`, the\n"
        "phases of the quarter in which it acts (in the order of `book.py`), the scenario paths that take its effect\n"
        "away, for `run --set` or `sweep --vary`, and the number that moves without it; `pax-silica ablate` plays\n"
        "games with each one off. `systems.py` holds the table and says what `*` and `<...>` stand for.\n\n"
        "| id | what it does here | files | phases | switch | moves |\n|---|---|---|---|---|---|\n"
    )
    rows = (
        f"| {s.id} | {s.title} | {', '.join(s.files)} | {', '.join(s.phases)} | {', '.join(s.off)} "
        f"| {s.moves.replace('_', ' ')} |\n"
        for s in SYSTEMS
    )
    return head + "".join(rows)
