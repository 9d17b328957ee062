"""Saves: what is written is read back, and what is not a sound save is refused in one clear line."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from game.files import container
from game.files.container import SaveError
from game.files.members import decode, encode

CONTENTS: dict[str, Any] = {
    "scenario.yaml": "name: Pax Silica – 2026\n",
    "log/orders.json": [{"quarter": "2026Q1", "seat": "JPN"}],
    "state/treasury.npy": np.arange(12.0).reshape(3, 4),
    "thumb.bin": b"\x00\x01",
}


@pytest.fixture
def save(tmp_path: Path) -> Path:
    path = tmp_path / "game.paxsave"
    container.write(path, CONTENTS, 3)
    return path


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(SaveError) as caught:
        container.read(path, **{"newest_schema": 3, **options})
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


def rezip(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Unpack a save, let `change` edit its members, and pack it again as a careless or hostile tool would."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def remanifest(members: dict[str, bytes], **fields: Any) -> None:
    manifest = json.loads(members["manifest.json"])
    manifest["sha256"] = {n: hashlib.sha256(c).hexdigest() for n, c in members.items() if n != "manifest.json"}
    members["manifest.json"] = json.dumps(manifest | fields).encode()


def test_a_save_is_read_back(save: Path) -> None:
    found = container.read(save, newest_schema=3)
    assert found.schema_version == 3
    assert found.contents.keys() == CONTENTS.keys()
    for name in ("scenario.yaml", "log/orders.json", "thumb.bin"):
        assert found[name] == CONTENTS[name]
    np.testing.assert_array_equal(found["state/treasury.npy"], CONTENTS["state/treasury.npy"])
    assert "absent.json" not in found


def test_equal_contents_give_equal_bytes(save: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.paxsave"
    container.write(again, dict(reversed(CONTENTS.items())), 3)
    assert again.read_bytes() == save.read_bytes()


def test_older_schema_is_handed_over_with_its_version(save: Path) -> None:
    assert container.read(save, newest_schema=9).schema_version == 3


def test_newer_schema_is_refused(save: Path) -> None:
    assert refusal(save, newest_schema=2) == (
        "written by a newer version of the game (save schema 3; this version reads up to 2)"
    )


def test_cut_off_save_is_refused_at_every_length(save: Path) -> None:
    whole = save.read_bytes()
    for length in range(0, len(whole), 7):
        save.write_bytes(whole[:length])
        assert refusal(save) in ("not a Pax Silica save", "cut off or damaged; it cannot be read")


def test_any_flipped_byte_is_noticed_or_harmless(save: Path) -> None:
    whole = save.read_bytes()
    for index in range(0, len(whole), 3):
        save.write_bytes(whole[:index] + bytes([whole[index] ^ 0x41]) + whole[index + 1 :])
        try:
            found = container.read(save, newest_schema=3)
        except SaveError as error:
            assert "\n" not in str(error)
        else:  # the byte was one of the zip's dates or attributes
            assert found["log/orders.json"] == CONTENTS["log/orders.json"]
            assert found["state/treasury.npy"].tobytes() == CONTENTS["state/treasury.npy"].tobytes()


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n", b"PK", b"\x80\x04\x95pickle"])
def test_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.paxsave"
    path.write_bytes(content)
    assert refusal(path) == "not a Pax Silica save"


def test_another_programs_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.paxsave"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert refusal(path) == "not a Pax Silica save"


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil.txt", "a\\b.txt", "Evil.txt", "evil.py", "a//b.txt", "x.pkl"]
)
def test_member_that_could_lead_outside_is_refused(save: Path, name: str) -> None:
    rezip(save, lambda members: members.update({name: b"x"}))
    assert refusal(save).startswith("holds a member that no save has")


def test_member_twice_is_refused(save: Path) -> None:
    with zipfile.ZipFile(save, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("scenario.yaml", "other")
    assert refusal(save).startswith("holds a member that no save has: 'scenario.yaml'")


def test_member_the_manifest_does_not_list_is_refused(save: Path) -> None:
    rezip(save, lambda members: members.update({"more.txt": b"x"}))
    assert refusal(save) == "holds more.txt, which its manifest does not list"


def test_missing_member_is_named(save: Path) -> None:
    rezip(save, lambda members: members.pop("scenario.yaml") and None)
    assert refusal(save) == "scenario.yaml is missing from it"


def test_changed_member_fails_its_checksum(save: Path) -> None:
    rezip(save, lambda members: members.update({"scenario.yaml": b"name: other"}))
    assert refusal(save) == "scenario.yaml is not what was saved (checksum differs)"


@pytest.mark.parametrize("fields", [{"schema": "3"}, {"schema": True}, {"schema": 0}, {"sha256": []}])
def test_manifest_of_another_shape_is_refused(save: Path, fields: dict[str, Any]) -> None:
    rezip(save, lambda members: remanifest(members, **fields))
    assert refusal(save) == "its manifest is damaged"


def test_zip_bomb_is_refused_by_its_table_of_contents(save: Path) -> None:
    rezip(save, lambda members: members.update({"big.bin": bytes(20_000_000)}))
    assert save.stat().st_size < 100_000
    assert refusal(save) == "20.0 MB; at most 16 MB are read"


def test_zip_bomb_that_understates_its_size_is_refused(save: Path) -> None:
    rezip(save, lambda members: members.update({"big.bin": bytes(5_000_000)}))
    whole = save.read_bytes()
    save.write_bytes(whole.replace((5_000_000).to_bytes(4, "little"), (5).to_bytes(4, "little")))
    assert refusal(save) in ("cut off or damaged; it cannot be read", "holds big.bin, which its manifest does not list")


def test_oversized_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.paxsave"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert refusal(path) == "50.0 MB; at most 16 MB are read"


def test_crowd_of_members_is_refused(save: Path) -> None:
    rezip(save, lambda members: members.update({f"m{i}.bin": b"" for i in range(1000)}))
    assert "members; at most 1000 are read" in refusal(save)


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "absent.paxsave") == "no such file"
    assert refusal(tmp_path) == "not a file"


def test_folder_that_is_not_there_is_named_when_writing(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="cannot be written: No such file"):
        container.write(tmp_path / "absent" / "x.paxsave", CONTENTS, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.npy", np.array([object()])),
        ("x.npy", np.array(["text"])),
        ("x.npy", [1, 2]),
        ("x.json", float("nan")),
        ("x.json", np.arange(3)),
        ("x.txt", b"bytes"),
        ("x.bin", "text"),
        ("x.exe", b""),
        ("../x.bin", b""),
        ("manifest.json", {}),
    ],
)
def test_what_a_save_does_not_hold_is_refused_before_writing(tmp_path: Path, name: str, content: Any) -> None:
    path = tmp_path / "x.paxsave"
    with pytest.raises(ValueError, match=r"\w"):
        container.write(path, {name: content}, 1)
    assert not path.exists()


def hostile_array(header: str, body: bytes = b"") -> bytes:
    text = header.encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + body


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.npy", hostile_array("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", b"x" * 8), "not a numeric"),
        ("x.npy", hostile_array("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }"), "not as long"),
        ("x.npy", hostile_array("{'descr': '<f8', 'fortran_order': True, 'shape': (0,), }"), "not a numeric array"),
        ("x.npy", hostile_array("{'descr': '<f3', 'fortran_order': False, 'shape': (0,), }"), "not a numeric array"),
        ("x.npy", hostile_array("{'descr': '<b8', 'fortran_order': False, 'shape': (1,), }", b"x" * 8), "x.npy: "),
        ("x.npy", b"", "not a numeric array"),
        ("x.json", b"NaN", "NaN is not a number"),
        ("x.json", b"[" * 100_000, "x.json: "),
        ("x.json", b"{", "x.json: "),
        ("x.txt", b"\xff", "x.txt: "),
    ],
)
def test_hostile_member_with_a_right_checksum_is_refused(save: Path, name: str, content: bytes, message: str) -> None:
    def change(members: dict[str, bytes]) -> None:
        members[name] = content
        remanifest(members)

    rezip(save, change)
    assert message in refusal(save)


numeric = st.one_of(hnp.boolean_dtypes(), hnp.integer_dtypes(), hnp.floating_dtypes(sizes=(16, 32, 64)))


@given(hnp.arrays(numeric, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)), st.booleans())
def test_any_numeric_array_is_read_back_bit_for_bit(array: Any, turned: bool) -> None:
    array = array.T if turned else array
    found = decode("x.npy", encode("x.npy", array))
    assert found.shape == array.shape
    assert found.dtype == array.dtype.newbyteorder("<")
    assert found.tobytes() == array.astype(found.dtype).tobytes()
    assert not found.flags.writeable


def test_arrays_are_plain_npy_files_for_other_tools() -> None:
    array = np.arange(6, dtype=np.int32).reshape(2, 3)
    np.testing.assert_array_equal(np.load(io.BytesIO(encode("x.npy", array)), allow_pickle=False), array)


@settings(max_examples=60)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_a_clear_refusal(tmp_path_factory: pytest.TempPathFactory, content: bytes, zipped: bool) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.paxsave"
    path.write_bytes(b"PK\x03\x04" * zipped + content)
    assert refusal(path) in ("not a Pax Silica save", "cut off or damaged; it cannot be read")
