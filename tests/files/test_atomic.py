"""A file is the old one or the new one, whatever happens while it is written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.files.atomic import keep_last, write_atomically


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_content_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    for content in (b"old", b"new"):
        write_atomically(tmp_path / "a", content)
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_full_disk_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    write_atomically(tmp_path / "a", b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_leftovers_of_a_killed_process_are_swept_later(tmp_path: Path) -> None:
    old, young = tmp_path / ".a.0123abcd.tmp", tmp_path / ".a.89abcdef.tmp"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    write_atomically(tmp_path / "a", b"new")
    assert names(tmp_path) == [young.name, "a"]


WRITER = """
import sys
from pathlib import Path
import numpy as np
from game.files import container
turn = 0
while True:
    turn += 1
    container.write(Path(sys.argv[1]), {"turn.json": turn, "state.npy": np.full(200_000, turn)}, 1)
    if turn == 1:
        print("ready", flush=True)
"""


def test_kill_during_a_write_never_breaks_the_save(tmp_path: Path) -> None:
    from game.files import container

    path = tmp_path / "game.paxsave"
    for attempt in range(6):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(0.007 * attempt)
            writer.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            writer.wait()
        found = container.read(path, newest_schema=1)
        assert set(found["state.npy"]) == {found["turn.json"]}


def test_the_newest_eight_are_kept(tmp_path: Path) -> None:
    for index in range(11):
        path = tmp_path / f"auto_{(index * 7) % 11:02}.paxsave"
        path.write_bytes(b"x")
        os.utime(path, (1000 + index, 1000 + index))
    (tmp_path / "mine.paxsave").write_bytes(b"x")
    gone = keep_last(tmp_path, "auto_*.paxsave")
    assert [path.name for path in gone] == ["auto_00.paxsave", "auto_07.paxsave", "auto_03.paxsave"]
    assert len(names(tmp_path)) == 9
    assert "mine.paxsave" in names(tmp_path)


def test_few_files_are_all_kept(tmp_path: Path) -> None:
    (tmp_path / "auto_1").write_bytes(b"x")
    assert keep_last(tmp_path, "auto_*", n=1) == []
    assert names(tmp_path) == ["auto_1"]
