"""`python -m game` is `pax-silica`."""

from game.cli import main

if __name__ == "__main__":
    main(prog_name="pax-silica")
