"""Which plant a person means by its id, or by firm, site and node."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.core.errors import PaxError
from game.core.names import NODES, Axis
from game.core.scenario import Scenario
from game.files.near import did_you_mean, listing
from game.files.problems import shown


def plant_named(row: Mapping[str, Any], scenario: Scenario, fields_of_kind: list[str]) -> str:
    """The id of the plant that `row` names.

    Parameters
    ----------
    row : an order of a file, with `plant`, or with `firm`, and `site` and `node` as needed.
    scenario : whose plants.
    fields_of_kind : keys that the order has by itself; where `node` is one of them it does not help to name the plant.

    Raises
    ------
    PaxError
        No such plant, or several; says which there are.
    """
    for key in ("plant", "firm", "site"):
        if not isinstance(row.get(key, ""), str):
            raise PaxError(f"{shown(row[key])} is no {key}; text is needed")
    if "plant" in row:
        if "firm" in row or "site" in row:
            raise PaxError("a plant is named by its id, or by firm and site, not by both")
        return _by_id(row["plant"], scenario)
    if "firm" not in row:
        raise PaxError("key plant is missing: the id of a plant, or firm and site")
    node = None if "node" in fields_of_kind else row.get("node")
    return _by_firm(row["firm"], row.get("site"), None if node is None else str(node), scenario)


def _by_id(name: str, scenario: Scenario) -> str:
    known = (*scenario.lines.axis, *scenario.suppliers.axis)
    if name not in known:
        near = did_you_mean(name, known)
        raise PaxError(f"unknown plant '{name}'{near}; `pax-silica list plants` shows all {len(known)}")
    return name


def _by_firm(firm: str, site: object, node: str | None, scenario: Scenario) -> str:
    lines, suppliers = scenario.lines, scenario.suppliers
    firms = list(dict.fromkeys((*lines.firms, *suppliers.firms)))
    if firm not in firms:
        raise PaxError(f"unknown firm '{firm}'{did_you_mean(firm, firms)}; `pax-silica list plants` shows all")
    own_sites = list(dict.fromkeys(s for f, s in zip(lines.firms, lines.sites, strict=True) if f == firm))
    if site is not None and site not in own_sites:
        raise PaxError(
            f"'{firm}' has no site '{site}'{did_you_mean(str(site), own_sites)}; sites: {listing(own_sites)}"
        )
    found = [name for i, name in enumerate(lines.axis) if lines.firms[i] == firm and site in (None, lines.sites[i])]
    if site is None:
        found += [name for i, name in enumerate(suppliers.axis) if suppliers.firms[i] == firm]
    if node is not None:
        found = _of_node(found, node, scenario)
    if len(found) == 1:
        return found[0]
    if not found:
        raise PaxError(f"'{firm}' has no line of node {node} there")
    raise PaxError(f"'{firm}' has {len(found)} plants there; name one: plant: {' or '.join(found[:8])}")


def _of_node(names: list[str], node: str, scenario: Scenario) -> list[str]:
    """Lines that run or are to run at a node."""
    Axis("process node", NODES).at(node)
    position, lines = NODES.at(node), scenario.lines
    kept = []
    for name in names:
        if name in lines.axis:
            i = lines.axis.at(name)
            logic = int(lines.kind[i]) == 0
            if logic and position in (int(lines.node[i, 0]), int(lines.project_node[i, 0])):
                kept.append(name)
    return kept
