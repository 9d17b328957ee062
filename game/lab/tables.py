"""Tidy CSV files of a run: one row a world, quarter and place, firm or good; and one a clause of a contract.

The quarter of a row is the one whose end it shows; the opening stands under the quarter before the first.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from game.core.errors import PaxError
from game.core.names import GATES, GOODS, MEASURES, quarter_name
from game.core.numeric import total
from game.core.scenario import Scenario
from game.core.world import World
from game.ledger import Ledger, entry_record
from game.rules import bottleneck, score

Column = tuple[str, NDArray[Any]]
FILES = ("places", "firms", "goods", "contracts")
CONTRACT_COLUMNS = (
    "world", "number", "name", "parties", "signed", "until", "status", "ended", "breaker", "reason", "proposer",
    "escrow", "snap_back", "verifier", "clause", "giver", "taker", "subject", "target", "quantity", "price",
)  # fmt: skip


class Tables:
    """Writes the files as a run goes on; a context manager.

    Parameters
    ----------
    folder : where; made if need be.

    Raises
    ------
    PaxError
        The folder or a file in it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open = ExitStack()
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> Tables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def add(self, world: World, scenario: Scenario, first_world: int = 0) -> None:
        """Append the rows of a world's end of quarter; its worlds are numbered from `first_world`."""
        quarter = quarter_name(world.quarter - 1, scenario.first_quarter)
        self._write("places", "place", scenario.place_axis.names, place_columns(world), quarter, first_world)
        firms, columns = firm_columns(world, scenario)
        self._write("firms", "firm", firms, columns, quarter, first_world)
        self._write("goods", "good", GOODS.names, good_columns(world, scenario), quarter, first_world)

    def add_contracts(self, ledger: Ledger) -> None:
        """Write contracts.csv, one row a world and clause of a contract; for the end of a run."""
        try:
            writer = csv.DictWriter(self._opened("contracts"), CONTRACT_COLUMNS, lineterminator="\n")
            writer.writeheader()
            for entry in ledger.entries:
                record = entry_record(entry, ledger.scenario)
                parties = " ".join(record.pop("parties"))
                for clause in record.pop("clauses"):
                    row = {"world": entry.world, **record, "parties": parties, **clause}
                    writer.writerow({name: "" if row.get(name) is None else row[name] for name in CONTRACT_COLUMNS})
        except OSError as error:
            raise PaxError(f"{self.folder}: cannot be written: {error.strerror or error}") from None

    def _write(
        self, file: str, key: str, names: Iterable[str], columns: list[Column], quarter: str, first_world: int
    ) -> None:
        try:
            writer = self._writers.get(file)
            if writer is None:
                writer = self._writers[file] = csv.writer(self._opened(file), lineterminator="\n")
                writer.writerow(["world", "quarter", key, *(title for title, _ in columns)])
            names = list(names)
            for w in range(columns[0][1].shape[-1]):
                for i, name in enumerate(names):
                    writer.writerow([first_world + w, quarter, name, *(_shown(values[i, w]) for _, values in columns)])
        except OSError as error:
            raise PaxError(f"{self.folder}: cannot be written: {error.strerror or error}") from None

    def _opened(self, file: str) -> IO[str]:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self._open.enter_context((self.folder / f"{file}.csv").open("w", encoding="utf-8", newline=""))


def _shown(value: Any) -> str:
    return repr(float(value)) if isinstance(value, float | np.floating) else str(value)


def place_columns(world: World) -> list[Column]:
    """Columns of places.csv, each (N, B)."""
    measures = world.standing.measures
    return [
        *((name, measures[:, k]) for k, name in enumerate(MEASURES)),
        ("score", score.game_score(world)),
        ("dividend", world.standing.dividend),
        ("cash_usd_bn", world.state.cash),
        ("capital", world.state.capital),
        ("approval", world.state.approval),
        ("engineers_thousand", world.people.engineers),
        ("power_supply_gw", world.power.supply),
        ("power_used_gw", world.power.used),
        ("compute_thousand_h100e", world.compute.installed),
        ("compute_running_thousand_h100e", world.compute.running),
        ("gate", np.array([*GATES, "none"])[bottleneck.binding(world)]),
    ]


def good_columns(world: World, scenario: Scenario) -> list[Column]:
    """Columns of goods.csv, each (G, B): prices over the opening's outside price, flows of all places in units."""
    goods, trade = world.goods, world.trade
    by_good = scenario.sellers.by_good
    shipped = total(trade.flow.swapaxes(0, 1))
    return [
        ("price_outside", world.market.price[0]),
        ("price_inside", world.market.price[1]),
        ("made", total(goods.made)),
        ("used", total(goods.used)),
        ("wanted", total(goods.wanted)),
        ("inventory", total(goods.inventory)),
        ("stockpile", total(goods.stockpile)),
        ("shipped", by_good.total(shipped)),
        ("blocked", by_good.total(total(trade.blocked.swapaxes(0, 1)))),
        ("leaked", by_good.total(total(trade.leaked.swapaxes(0, 1)))),
    ]


def firm_columns(world: World, scenario: Scenario) -> tuple[list[str], list[Column]]:
    """Names of firms, and columns of firms.csv, each (firms, B), summed over a firm's lines and plants."""
    lines, suppliers, s = world.lines, world.suppliers, scenario
    owners = [*s.lines.firms, *s.suppliers.firms]
    firms = sorted(set(owners))
    rows = [firms.index(owner) for owner in owners]
    line_good = [_good_of_line(s, i) for i in range(len(s.lines.axis))]
    price = s.goods.price
    output = np.concatenate([lines.output * price[line_good], suppliers.output * price[s.suppliers.good]])
    building = np.concatenate([lines.building > 0, suppliers.building > 0]).astype(float)
    spent = np.concatenate([lines.spent, suppliers.spent])
    outage = np.concatenate([lines.outage > 0.01, suppliers.outage > 0.01]).astype(float)

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        result = np.zeros((len(firms), values.shape[-1]))
        for row, value in zip(rows, values, strict=True):
            result[row] += value
        return result

    columns: list[Column] = [
        ("output_usd_bn_at_opening_prices", summed(output)),
        ("plants_building", summed(building)),
        ("plants_struck", summed(outage)),
        ("public_money_usd_bn", summed(spent)),
    ]
    return firms, columns


def _good_of_line(scenario: Scenario, line: int) -> int:
    """The good that a line makes, found where it sells."""
    return int(scenario.sellers.good[scenario.sellers.of_line.group_of_row[line]])
