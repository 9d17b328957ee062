"""Orders, goods, money and quarters in the player's words: one place, so that queue, log and debrief read alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.core import diplomacy
from game.core import orders as kinds
from game.core.names import GOODS, LEVELS, quarter_name
from game.core.orders import Order
from game.core.scenario import Scenario
from game.explain.words import GOOD_NAMES, SEEN, million_words, seen_amount

CLASS_WORDS = {
    "minerals": "minerals", "magnets": "magnets and materials", "tools": "tools and service",
    "chips": "chips and HBM", "cloud": "cloud and models", "people": "engineers",
}  # fmt: skip
LEVEL_WORDS = {
    "open": "Open", "fee_licence": "Licence with fee", "licence": "Licence", "slow_walk": "Slow-walk",
    "quota": "Quota", "ban": "Ban",
}  # fmt: skip
POWER_WORDS = {
    "grid": "Grid connection", "lng": "Gas plant (LNG)", "renewables": "Renewables", "smr": "Small modular reactor",
}  # fmt: skip
DIAL_WORDS = {
    "enforcement": "Enforcement", "stock_target": "Stock target", "universities": "Universities",
    "grid": "Grid expansion", "visa": "Standing visa intake", "guards": "Guarded routes",
    "dispersal": "Dispersed stock",
}  # fmt: skip
USE_WORDS = {"economy": "Economy", "research": "Research", "security": "Security", "rent": "Rented out"}
TRACK_WORDS = {
    "separation": "Separation", "lithography": "Lithography", "node": "Process nodes", "memory": "Memory",
    "packaging": "Packaging", "design": "Chip design", "ai_systems": "AI systems", "photonics": "Photonics",
    "power": "Power",
}  # fmt: skip
_UNITS = {
    "wafers": "k wafers", "resist": "pts", "process_tools": "$m", "duv": "units", "euv": "units",
    "high_na": "units", "mature_chips": "k wafers", "leading_logic": "k H100e", "hbm": "k stacks",
    "accelerators": "k H100e", "cloud": "k H100e",
}  # fmt: skip


def capital_first(text: str) -> str:
    """The text with its first letter large, the rest as it is: 'EUV scanners' stays."""
    return text[:1].upper() + text[1:]


def good_words(good: str) -> str:
    """Name of a good as a title: 'Gallium', 'EUV scanners'."""
    return capital_first(GOOD_NAMES[good])


def unit_words(good: str) -> str:
    """Short unit of a good: 't', 'k wafers', 'k H100e'."""
    return _UNITS.get(good, "t")


def amount(value: float) -> str:
    """A number with about three figures: 1234.5 -> '1,230', 0.0456 -> '0.046'."""
    size = abs(value)
    if size >= 1000:
        return f"{round(value, -1 if size < 10_000 else -2):,.0f}"
    if size >= 100 or value == 0:
        return f"{value:.0f}"
    if size >= 10:
        return f"{value:.0f}" if abs(value - round(value)) < 0.05 else f"{value:.1f}"
    if size < SEEN:
        return "under 0.001"
    text = f"{value:.1f}" if size >= 1 else f"{value:.2g}"
    return text.removesuffix(".0")


def quantity(good: str, value: float) -> str:
    """An amount of a good with its short unit: '3.2 t', '11 kg', '14 k wafers'; in words what is next to nothing."""
    unit = unit_words(good)
    if unit == "$m":
        return million_words(value, amount)
    return seen_amount(value, unit, amount)


def money(bn: float) -> str:
    """USD: 2.4 -> '$2.4 bn', 0.03 -> '$30 m', what nobody would miss -> 'under $0.1 m'."""
    if abs(bn) >= 0.0995:
        return f"${bn:,.0f} bn" if abs(bn) >= 99.5 else f"${amount(round(bn, 2 if abs(bn) < 1 else 1))} bn"
    return f"${bn * 1000:.0f} m" if abs(bn) >= 0.00095 or bn == 0 else million_words(bn * 1000, "{:.1f}".format)


def count(number: float, one: str) -> str:
    """A number with its noun: 1 -> '1 quarter', 2 -> '2 quarters'."""
    return f"{number:g} {one}" if number == 1 else f"{number:g} {one}s"


def short_quarter(index: int, first: str) -> str:
    """A quarter as the narrow columns show it: 'Q3 27'."""
    name = quarter_name(index, first)
    return f"{name[4:]} {name[2:4]}"


def long_quarter(index: int, first: str) -> str:
    """A quarter in a sentence: 'Q3 2027'."""
    name = quarter_name(index, first)
    return f"{name[4:]} {name[:4]}"


def plant_words(plant: str, s: Scenario) -> str:
    """Title of a foundry line or supplier."""
    table: Any = s.lines if plant in s.lines.axis else s.suppliers
    return str(table.titles[table.axis.at(plant)])


def target_words(target: str, s: Scenario) -> str:
    """Whom a control is aimed at."""
    if target == "all":
        return "everyone"
    return "outsiders" if target == "outsiders" else s.texts.names[s.place_axis.at(target)]


def scope_words(control_class: str, good: str | None) -> str:
    """What a control is about: one good or a class."""
    return GOOD_NAMES[good] if good else CLASS_WORDS[control_class]


def _control(o: kinds.ExportControl, s: Scenario) -> str:
    scope, target = scope_words(o.control_class, o.good), target_words(o.target, s)
    if o.level == "open":
        return f"Open {scope} to {target}"
    if o.control_class == "people":
        return f"Forbid engineers to work for {target}"
    return f"{LEVEL_WORDS[o.level]} on {scope} for {target}"


def _refusal(o: kinds.RefuseImports, s: Scenario) -> str:
    verb = "Refuse" if o.on else "Take again"
    return f"{verb} {scope_words(o.control_class, o.good)} from {target_words(o.target, s)}"


def _stock(o: kinds.Stock, s: Scenario) -> str:
    verb = "Buy" if o.quantity > 0 else "Sell"
    return f"{verb} {quantity(o.good, abs(o.quantity))} {GOOD_NAMES[o.good]}, stock"


def _law(o: kinds.Law, s: Scenario) -> str:
    return f"{money(float(o.amount))} a quarter by law, {plant_words(o.plant, s) if o.plant else 'plants at home'}"


def _declaration(o: diplomacy.Declare, s: Scenario) -> str:
    scope, target = CLASS_WORDS[o.control_class], target_words(o.target, s)
    if not o.on:
        return f"Take back the threat on {scope} for {target}"
    return f"{'Ultimatum' if o.ultimatum else 'Threat'} on {scope} to {target}, {count(o.quarters, 'quarter')}"


def _bloc_words(bloc: str, s: Scenario) -> str:
    return next(name for key, name, *_ in s.blocs if key == bloc)


_WORDS: dict[str, Callable[[Any, Scenario], str]] = {
    "subsidise": lambda o, s: f"Subsidy, {plant_words(o.plant, s)}",
    "equity": lambda o, s: f"Stake, {plant_words(o.plant, s)}",
    "fast_track": lambda o, s: f"Fast-track, {plant_words(o.plant, s)}",
    "renode": lambda o, s: f"Change to {o.node} nm, {plant_words(o.plant, s)}",
    "relieve": lambda o, s: f"Roads, water and housing, {plant_words(o.plant, s)}",
    "price_floor": lambda o, s: f"Price floor, {plant_words(o.plant, s)}",
    "law": _law,
    "power": lambda o, s: f"{amount(o.gigawatts)} GW, {POWER_WORDS[o.plant_kind].lower().replace('(lng)', '(LNG)')}",
    "compute": lambda o, s: f"Sovereign compute, {money(o.amount)}",
    "stock": _stock,
    "visa": lambda o, s: f"Visas for {round(o.thousands * 1000):,} engineers",
    "control": _control,
    "refuse": _refusal,
    "secondary": lambda o, s: (
        f"{'Secondary rule on' if o.on else 'End secondary rule on'} {CLASS_WORDS[o.control_class]}"
    ),
    "entity": lambda o, s: f"{'Entity list' if o.on else 'Off the entity list'}, {plant_words(o.plant, s)}",
    "flood": lambda o, s: f"{'Flood the market with' if o.on else 'Stop the flood of'} {GOOD_NAMES[o.good]}",
    "dial": lambda o, s: f"{DIAL_WORDS[o.dial]} to {o.share:.0%}",
    "research": lambda o, s: f"{TRACK_WORDS[o.track]} research to {o.share:.0%}",
    "compute_split": lambda o, s: f"Compute for {USE_WORDS[o.use].lower()} to {o.share:.0%}",
    "respond": lambda o, s: s.events.choices[s.events.axis.at(o.event)][o.choice - 1].words,
    "break": lambda o, s: f"Break contract {o.contract}",
    "leave_bloc": lambda o, s: f"Leave {_bloc_words(o.bloc, s)}",
    "found_bloc": lambda o, s: f"Found {_bloc_words(o.bloc, s)}",
    "declare": _declaration,
    "intelligence": lambda o, s: f"Intelligence on {target_words(o.target, s)}",
    "audit": lambda o, s: "Certification audit",
    "campaign": lambda o, s: f"Campaign for {o.aim}",
    "guardrails": lambda o, s: f"{'Write' if o.on else 'Give up'} a safety standard of our own",
    "summit": lambda o, s: f"Summit of friends about {target_words(o.target, s)}",
    "bluff": lambda o, s: f"Overstate stocks by {o.share:.0%}" if o.share > 0 else "Tell the truth about stocks",
}


def order_words(order: Order, scenario: Scenario) -> str:
    """An order in a few of the player's words, without its price.

    Examples: 'Subsidy, Tokuyama', 'Ban on gallium for China', 'Lithography research to 20%'.
    """
    return _WORDS[order.kind](order, scenario)


def goods_words(goods: list[int], most: int = 3) -> str:
    """Names of goods by position, the first few: 'gallium, germanium and 3 more'."""
    names = [GOOD_NAMES[GOODS.names[g]] for g in goods]
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"


def level_words(level: int) -> str:
    """Name of a control level by position."""
    return LEVEL_WORDS[LEVELS.names[level]]
