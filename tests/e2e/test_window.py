"""A person at a real window: Xvfb shows it, xdotool moves the mouse and types, saved files tell what came of it."""

import time

import pytest

from tests.e2e.player import MISSING, WHY_NOT, Player, virtual_display

# At 1600x900, in px of the window: the first entry of the title, a card, and the button at the lower right.
NEW_GAME, TAIWAN, LOWER_RIGHT = (250, 437), (150, 387), (1418, 843)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=WHY_NOT),
]


@pytest.fixture
def display(tmp_path_factory):
    yield from virtual_display(tmp_path_factory.mktemp("display"))


@pytest.fixture
def player_at(display, tmp_path):
    """Start the game; whatever is still running at the end is killed."""
    players = []

    def start(*arguments):
        players.append(Player(display, tmp_path, *arguments))
        return players[-1]

    yield start
    for player in players:
        player.game.kill()
        player.game.wait(timeout=10)
        player.game.stderr.close()


def test_a_game_is_begun_and_played_with_the_mouse(player_at):
    player = player_at()

    def choose_and_play():
        player.click(TAIWAN)
        time.sleep(0.4)
        player.click(LOWER_RIGHT)  # Play, and later End quarter

    player.until_drawn()
    player.click(NEW_GAME)
    player.until_drawn()
    player.until(player.saved, choose_and_play)
    assert player.saved()[0].startswith("auto-twn-")


def test_a_game_is_played_saved_and_loaded_with_the_keyboard_alone(player_at):
    player = player_at("--seed", "7")
    player.until(player.saved, lambda: player.key("ctrl+Return"))
    player.until(lambda: player.saved("*2026Q4"), lambda: player.key("Return", "e"))
    time.sleep(1.0)
    # Events may ask for an answer first: Return makes the choice that is offered.
    for _ in range(4):
        player.key("Return")
        time.sleep(0.4)
    player.key("s")
    time.sleep(0.5)
    player.type("Before the ban")
    player.until(lambda: player.saved("Before*"), lambda: player.key("Return"))
    quarters = player.saved("auto-*")
    assert quarters[0] == "auto-jpn-7-2026Q2"
    for path in (player.home / "saves").glob("auto-*"):
        path.unlink()
    player.key("l")
    time.sleep(1.5)
    player.key("Return")
    player.until(lambda: player.saved("auto-*"), lambda: player.key("e"))
    after = f"auto-jpn-7-{(len(quarters) + 1) // 4 + 2026}Q{(len(quarters) + 1) % 4 + 1}"
    assert player.saved("auto-*")[0] == after


def test_all_quarters_are_played_to_the_standings_and_the_window_is_left(player_at):
    player = player_at("--nation", "JPN", "--seed", "7")
    player.until(lambda: player.saved("auto-jpn-7-2034Q1"), lambda: player.key("e", "Return"), seconds=300.0)
    assert len(player.saved("auto-*")) == 8
    player.until(lambda: player.saved("Japan at the end"), lambda: player.key("ctrl+s", "Return"))
    assert player.quit() == 0


def test_a_damaged_save_is_refused_with_one_line(player_at, tmp_path):
    broken = tmp_path / "broken.paxsave"
    broken.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(AssertionError, match=r"broken\.paxsave: cut off or damaged"):
        player_at("--load", str(broken)).until(lambda: False, seconds=60.0)
