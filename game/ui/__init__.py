"""The desktop window: the only part of the game that knows pygame.

`app` owns the window and the event loop, `theme` the colours and measures, `kit` the widgets, `screens` what the player
sees, `map` the world map. Nothing here computes rules; screens ask a match and show its answers.
"""
