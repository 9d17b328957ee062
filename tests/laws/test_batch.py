"""A world plays the same alone as in a batch, bit for bit."""

import pytest

from agents.model import ChipRace

BATCH, QUARTERS, SEED = 64, 5, 11


@pytest.mark.parametrize("scenario", ["pax_silica_2026", "classroom"])
def test_a_world_plays_the_same_alone_as_in_a_batch(scenario: str) -> None:
    batch = ChipRace(scenario, worlds=BATCH, rng=SEED)
    alone = {w: ChipRace(scenario, worlds=1, rng=SEED + w) for w in (0, 17, BATCH - 1)}
    part = ChipRace(scenario, worlds=3, rng=SEED + 30)
    for _ in range(QUARTERS):
        for race in (batch, part, *alone.values()):
            race.step()
        hashes = batch.hashes()
        assert {w: race.hashes()[0] for w, race in alone.items()} == {w: hashes[w] for w in alone}
        assert part.hashes() == hashes[30:33]
