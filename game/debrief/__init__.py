"""What there is to talk about after a game, as plain values: the page, the window's last screen and CSV show the same.

    from game.debrief import debrief_of, weighed

    told, ledger = debrief_of(saved)            # plays the game once more: a second or two
    told = weighed(told, saved, budget=64)      # and again without each decision: some seconds more

`records` says what is in it; `kept_by` counts contracts by seat, `most_telling` picks moments for a chart.
"""

from game.debrief.contracts import Kept, kept_by
from game.debrief.moments import most_telling
from game.debrief.records import Account, Debrief, Decision, Finish, Measure, Moment, Promise, Race, Stretch
from game.debrief.story import debrief_of, players
from game.debrief.weighing import steps, weighed

__all__ = [
    "Account", "Debrief", "Decision", "Finish", "Kept", "Measure", "Moment", "Promise", "Race", "Stretch",
    "debrief_of", "kept_by", "most_telling", "players", "steps", "weighed",
]  # fmt: skip
