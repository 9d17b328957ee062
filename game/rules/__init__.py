"""What happens: World and Orders to World. numpy only; one file for each subject; `turn.py` plays the phases."""
