"""The actors of Pax Silica: nations, foundries and suppliers as Mesa agents, and the strategies that decide for a seat.

Agents decide and rules execute: nothing here changes a world except by posting orders that `game.rules` resolves.
"""
