"""The shell of the game: title, new game, saves, settings, final standings. `routes` leads from one to another."""
