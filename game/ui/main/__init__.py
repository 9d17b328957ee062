"""The main screen: the board of one game in progress.

`context` is what its panels share, `screen` the frame that places them; every other module is one panel or one part of
a panel.
"""
