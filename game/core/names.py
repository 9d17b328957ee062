"""The fixed vocabularies of the game and the way from a name to a position on an axis.

Goods, nodes, research tracks, control levels and gates are the same in every scenario, because rules speak of
them by name. Places, foundry lines and suppliers come from the scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from game.core.errors import PaxError


class Axis:
    """An ordered set of names and their positions.

    Parameters
    ----------
    title : what one entry is called in messages ("place", "good", ...).
    names : unique names in order.
    """

    def __init__(self, title: str, names: Iterable[str]) -> None:
        self.title = title
        self.names: tuple[str, ...] = tuple(names)
        self._position = {name: i for i, name in enumerate(self.names)}

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self._position

    def at(self, name: str) -> int:
        """Position of `name`; raises PaxError naming the allowed names and a near one."""
        if name not in self._position:
            raise PaxError(self.unknown(name))
        return self._position[name]

    def unknown(self, name: str) -> str:
        """One line that says `name` is no entry of this axis, what is, and which is near."""
        near = get_close_matches(name, self.names, 1) or [n for n in self.names if n.lower() == name.lower()]
        hint = f" (did you mean '{near[0]}'?)" if near else ""
        return f"unknown {self.title} '{name}'{hint}; one of: {', '.join(self.names)}"


GOODS = Axis(
    "good",
    (
        "light_ore", "heavy_ore", "gallium", "germanium", "ndpr", "dytb", "silicon", "tungsten", "fluorine", "neon",
        "magnets", "wafers", "resist", "quartz",
        "process_tools", "duv", "euv", "high_na",
        "mature_chips", "leading_logic", "hbm", "accelerators",
        "cloud",
    ),
)  # fmt: skip

#: Control classes (rules.md R9). The sixth, people, moves no good.
CLASSES = Axis("control class", ("minerals", "magnets", "tools", "chips", "cloud", "people"))

#: Class of each good, by position.
CLASS_OF_GOOD = tuple(
    CLASSES.at(c)
    for c, n in (("minerals", 10), ("magnets", 4), ("tools", 4), ("chips", 4), ("cloud", 1))
    for _ in range(n)
)

MINERALS = ("gallium", "germanium", "ndpr", "dytb", "silicon", "tungsten", "fluorine", "neon")
MATERIALS = ("wafers", "resist", "quartz")
TOOLS = ("process_tools", "duv", "euv", "high_na")

NODES = Axis("process node", ("28", "14", "7", "5", "3", "2", "1.4"))

TRACKS = Axis(
    "research track",
    ("separation", "lithography", "node", "memory", "packaging", "design", "ai_systems", "photonics", "power"),
)

#: Kinds of work under way that need a gate soon, by which a control bites more or less (rules.md R1).
WORKS = Axis(
    "kind of work",
    (
        "tooling", "wafer_starts", "packaging", "installation", "separation", "magnet_making", "wafer_making",
        "toolmaking",
    ),
)  # fmt: skip

#: How tight an export control is, loosest first (game.md section 4, rules.md R1).
LEVELS = Axis("control level", ("open", "fee_licence", "licence", "slow_walk", "quota", "ban"))

#: Gates in the order of definitions.md; ties go to the first.
GATES = Axis(
    "gate",
    (
        "silicon_wafers", "lithography", "process_materials", "minerals", "logic_capacity", "hbm", "packaging",
        "power", "engineers",
    ),
)  # fmt: skip

POWER_KINDS = Axis("power plant kind", ("grid", "lng", "renewables", "smr"))
USES = Axis("use of compute", ("economy", "research", "security", "rent"))
DIALS = Axis("standing dial", ("enforcement", "stock_target", "universities", "grid", "visa", "guards", "dispersal"))
MEASURES = Axis("measure", ("compute", "independence", "prosperity", "standing", "security"))
LINE_KINDS = Axis("foundry line kind", ("logic", "memory", "packaging"))
SUPPLIER_KINDS = Axis("supplier kind", ("mine", "refiner", "recycler", "synthetic", "magnet", "material", "toolmaker"))

#: What a bloc's charter may bind its members to, each with a strength from 0 to 1 set by vote (rules.md R5, R11).
CHARTER = Axis(
    "charter term",
    ("priority", "stockpile", "solidarity", "match", "no_reexport", "certify", "guardrails", "hub", "dues"),
)
#: How a bloc decides; `weighted` counts members by the root of their GDP (rules.md R4d).
VOTING = Axis("voting rule", ("weighted", "majority", "unanimity"))
#: What members of a bloc may move; `admit` is moved by who would join (game.md section 5).
MOTIONS = Axis("motion", ("admit", "invite", "expel", "charter", "voting"))
#: What has become of a motion.
OUTCOMES = Axis("outcome", ("open", "passed", "failed", "lapsed"))
#: Interests at home that quarrel over every control and subsidy (S20).
LOBBIES = Axis("lobby", ("chip_firms", "downstream", "security"))
#: Candidate mandates of a seat (rules.md section 4).
MANDATES = Axis("mandate", ("a", "b", "c"))


def quarter_name(index: int, first: str = "2026Q1") -> str:
    """Name of the quarter `index` quarters after `first`: quarter_name(5) == '2027Q2'."""
    serial = int(first[:4]) * 4 + int(first[5]) - 1 + index
    return f"{serial // 4}Q{serial % 4 + 1}"


def quarter_index(name: str, first: str = "2026Q1") -> int:
    """Position of quarter `name` counted from `first`; negative before it. Raises PaxError for another form."""
    if len(name) != 6 or name[4] != "Q" or not name[:4].isdigit() or name[5] not in "1234":
        raise PaxError(f"'{name}' is no quarter; write it like 2026Q3")
    return (int(name[:4]) - int(first[:4])) * 4 + int(name[5]) - int(first[5])
