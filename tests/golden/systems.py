"""The table of systems as a page, made from the code.

python -m tests.golden.systems        writes game/rules/systems.md
"""

from pathlib import Path

from game.rules.systems import table

FILE = Path(__file__).resolve().parents[2] / "game" / "rules" / "systems.md"

if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
