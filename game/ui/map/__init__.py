"""The world map: land coloured by place, flows between places, flags to point at.

`model` holds what a caller hands in, `places` where the game's places lie, `world_map` the widget itself. Plain inputs
only: nothing here knows the rules, the theme or the widgets of the kit.
"""
