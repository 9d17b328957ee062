"""Hold: keeps things running and decides nothing."""

from agents.strategies import Counsel


class Hold:
    """Gives no orders: dials, controls and programmes stay as they are."""

    name = "hold"
    motto = "Keep things running."

    def decide(self, counsel: Counsel) -> None:
        """Do nothing."""
