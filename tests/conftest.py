"""What every test shares: no window, no sound, and no file of the person who runs the tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

# Shared machines stall for a second now and then, and a stall is no fault of the code under test: no deadline.
# In continuous integration the examples are the same each time, so that a red run can be repeated.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True, scope="session")
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Send saves and settings, of child processes too, to a temporary folder."""
    home = tmp_path_factory.mktemp("home")
    before = os.environ.get("PAX_SILICA_HOME")
    os.environ["PAX_SILICA_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["PAX_SILICA_HOME"]
    else:
        os.environ["PAX_SILICA_HOME"] = before
