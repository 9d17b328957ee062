"""What a deal is said to be, and to be worth: clauses in sentences in which the player is 'you', figures with signs."""

import pytest

from game.core.clauses import CLAUSES
from game.core.diplomacy import Clause
from game.explain.clauses import clause_short, clause_words
from game.explain.deals import TERM_WORDS
from game.files.scenarios import bundled
from game.ui.main.deal_looks import CLAUSE_LOOKS, signed_points
from game.ui.main.deal_worth import term_words

SCENARIO = bundled("pax_silica_2026")


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (Clause("supply", "CHN", "JPN", "gallium", quantity=3.2, price=0.95),
         "China ships you 3.2 t of gallium a quarter, first and at 95% of the market price."),
        (Clause("visa", "JPN", "IND", quantity=0.8, price=0.05),
         "You open 800 places a quarter to engineers of India and pay $50 m for each thousand."),
        (Clause("visa", "IND", "JPN", quantity=0.8, price=0.05),
         "India opens 800 places a quarter to your engineers and pays $50 m for each thousand."),
        (Clause("guarantee", "USA", "JPN", price=1.0),
         "The United States guarantees your security and your sea routes for $1 bn a quarter."),
        (Clause("match", "JPN", "USA", "tools", "CHN"),
         "You match the United States' controls on tools and service against China."),
        (Clause("money", "JPN", "NLD", quantity=0.05), "You pay the Netherlands $50 m a quarter."),
    ],
)  # fmt: skip
def test_a_clause_is_a_sentence_with_the_player_in_it(clause, words):
    assert clause_words(clause, SCENARIO, "JPN") == words


def test_a_clause_in_short_leaves_its_parties_out():
    clause = Clause("supply", "CHN", "JPN", "gallium", quantity=3.2, price=0.95)
    assert clause_short(clause, SCENARIO) == "Supply: 3.2 t of gallium at 95%"
    assert clause_short(Clause("certify", "CHN", "JPN"), SCENARIO) == "Certified silicon"


@pytest.mark.parametrize(
    ("name", "points", "other", "own"),
    [
        ("price", -1.0, "What it pays for it", "What you pay for it"),
        ("know_how", 1.0, "Know-how for its plants", "Know-how for your plants"),
        ("trust", 1.0, "Trust that keeping it builds", "Trust that keeping it builds"),
        ("spared", -1.0, "Controls on it", "Controls on you"),
        ("own_need", -1.0, "What it gives, it may lack itself", "What you give, you may lack yourself"),
    ],
)
def test_terms_of_the_player_say_you(name, points, other, own):
    assert term_words(name, points) == other
    assert term_words(name, points, own=True) == own


def test_no_term_of_the_player_speaks_of_its():
    said = [term_words(name, points, own=True) for name in TERM_WORDS for points in (1.0, -1.0)]
    assert [words for words in said if " its " in f" {words.lower()} "] == []


def test_points_carry_a_sign_and_about_two_figures():
    values = (14.4, 4.23, 0.341, 0.004, -0.97, -12.0)
    assert [signed_points(v) for v in values] == ["+14", "+4.2", "+0.34", "0", "−0.97", "−12"]


def test_every_kind_of_clause_has_a_look(assets_folder):
    assert set(CLAUSE_LOOKS) == set(CLAUSES)
    assert all((assets_folder / "icons" / f"{icon}.png").exists() for icon, _ in CLAUSE_LOOKS.values())
