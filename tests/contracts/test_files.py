"""The four files: byte for byte what was written, refused when they are no ledger, and old or new however a writer ends."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph_ledger.contracts import Tables, b36decode, b36encode, check_tables, empty_tables, read_tables, write_tables
from graph_ledger.contracts.journal import BEGUN, JOURNAL, LOCK, beside
from graph_ledger.errors import LedgerFilesError
from tests.contracts.said import DOOR, F0, IS_OPEN, NAMESPACE, added, after, modified, removed

NAMES = ("concepts.csv", "revisions.csv", "contracts.csv", "bindings.csv")
ODD = 'Tür "links", наверх\r\nNA'
STORY = (
    (added(ODD, "ENTITY", instances=["NA", "007", "nan", "é,", '"', "a\rb", "True"]), added("P", "PROPERTY", ODD)),
    (modified("null", "ENTITY", was=ODD),),
    (removed("P", "PROPERTY", "null"), DOOR, IS_OPEN),
)
"""Words that a careless reader takes for something else."""


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("columns", ["seed", "head"])
def test_what_was_written_is_read_and_written_again_byte_for_byte(columns: str, tmp_path: Path) -> None:
    tables = after(*STORY)
    write_tables(tables, tmp_path / "a", "head" if columns == "head" else "seed")
    assert read_tables(tmp_path / "a") == tables
    write_tables(read_tables(tmp_path / "a"), tmp_path / "b", "head" if columns == "head" else "seed")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert set(contents(tmp_path / "a")) == set(NAMES)


def test_the_bytes_are_these(tmp_path: Path) -> None:
    write_tables(after((added("Tür", "ENTITY", instances=["Ä", "b"]), added('a "b", c', "PROPERTY", "Tür"))), tmp_path / "l")
    assert (tmp_path / "l" / "concepts.csv").read_bytes().decode() == (
        "serial,concept_uri,current_label,previous_labels,kind,status,parent_uri,instances\n"
        'x,x,Tür,,ENTITY,ACTIVE,,"[""\\u00c4"", ""b""]"\n'.replace("x,x", "0,http://ns.example/concepts/0")
        + 'x,x,"a ""b"", c",,PROPERTY,ACTIVE,http://ns.example/concepts/0,"[""\\u00c4"", ""b""]"\n'.replace(
            "x,x", "1,http://ns.example/concepts/1"
        )
    )
    write_tables(read_tables(tmp_path / "l"), tmp_path / "l", "head")
    assert (tmp_path / "l" / "bindings.csv").read_text(encoding="utf-8") == (
        "serial,binding_uri,contract_uri,instance_label,status\n"
        "0,http://ns.example/bindings/0,http://ns.example/contracts/1,Ä,ACTIVE\n"
        "1,http://ns.example/bindings/1,http://ns.example/contracts/1,b,ACTIVE\n"
    )


def test_base_36_is_exact() -> None:
    assert [b36encode(serial) for serial in (0, 9, 10, 35, 36, 42, 103, 1_000_000)] == ["0", "9", "a", "z", "10", "16", "2v", "lfls"]
    assert all(b36decode(b36encode(serial)) == serial for serial in range(3000))
    for text in ("", "00", "A", "-1", " 1", "1_0", "é"):
        with pytest.raises(ValueError, match="base 36"):
            b36decode(text)
    with pytest.raises(ValueError, match="0 or more"):
        b36encode(-1)


U = NAMESPACE
# name: what is said, the file, what in it, by what
WRONG: dict[str, tuple[str, str, str, str]] = {
    "no bytes": ("Missing columns: the file has no bytes", "concepts.csv", "*", ""),
    "a column less": ("Missing columns: status; bindings.csv has all of serial, contract_uri, ", "bindings.csv", ",status", ""),
    "a column more": ("Unexpected columns: note", "bindings.csv", ",status\n", ",status,note\n"),
    "a column twice": ("Unexpected columns: status", "bindings.csv", ",status\n", ",status,status\n"),
    "a cell less": ("concepts.csv:2: the row has 7 cells", "concepts.csv", ",,ENTITY,ACTIVE,,", ",,ENTITY,ACTIVE,"),
    "a line without cells": ("concepts.csv:2: the row has 0 cells", "concepts.csv", "\n0,", "\n\n0,"),
    "no UTF-8": ("concepts.csv:2: not UTF-8", "concepts.csv", "Vehicle,,ENTITY", "\udcff,,ENTITY"),
    "no CSV": ("not CSV", "concepts.csv", "Vehicle,,ENTITY", '"Vehicle"x,,ENTITY'),
    "a quote left open": ("not CSV", "revisions.csv", ",ACTIVE\n", ',"ACTIVE\n'),
    "a serial that is none": ("serial is an integer from 0", "revisions.csv", "\n1,", "\n01,"),
    "a negative serial": ("serial is an integer from 0", "revisions.csv", "\n0,", "\n-0,"),
    "a serial twice": ("revisions.csv:3: duplicate serial 0", "revisions.csv", "\n1,", "\n0,"),
    "serials out of order": ("stands behind", "revisions.csv", "\n0,", "\n9,"),
    "an empty label": ("concepts.csv:2: current_label is empty", "concepts.csv", "Vehicle,,ENTITY", ",,ENTITY"),
    "another kind": ("kind is one of ENTITY, PROPERTY", "concepts.csv", "ENTITY", "entity"),
    "another status": ("status is one of ACTIVE", "concepts.csv", "ACTIVE", "Active"),
    "a superseded concept": ("a concept is ACTIVE or REMOVED", "concepts.csv", "ENTITY,ACTIVE", "ENTITY,SUPERSEDED"),
    "labels that are no list": ("no JSON list of strings", "concepts.csv", "Vehicle,,ENTITY", "Vehicle,Car,ENTITY"),
    "numbers in a list": ("no JSON list of strings", "concepts.csv", "Vehicle,,ENTITY", "Vehicle,[1],ENTITY"),
    "an instance twice": ("duplicate", "concepts.csv", '""Left"", ""Right""', '""Left"", ""Left""'),
    "a blank instance": ("flat list of strings", "concepts.csv", '""Left"", ""Right""', '"" ""'),
    "instances of a set": (
        "ENUMERATION_SET has no instances",
        "concepts.csv",
        "ENUMERATION_SET,ACTIVE,,",
        'ENUMERATION_SET,ACTIVE,,"[""a""]"',
    ),
    "one label, two lives": ("Duplicate current_label 'Vehicle'", "concepts.csv", "SpeedUnit,,", "Vehicle,,"),
    "a parent of a container": (
        "ENTITY has no parent_uri",
        "concepts.csv",
        "Vehicle,,ENTITY,ACTIVE,",
        f"Vehicle,,ENTITY,ACTIVE,{U}concepts/1",
    ),
    "a leaf of nobody": ("PROPERTY has a parent_uri", "concepts.csv", f"ACTIVE,{U}concepts/0", "ACTIVE,"),
    "a parent that is not there": ("References missing", "concepts.csv", f"ACTIVE,{U}concepts/0", f"ACTIVE,{U}concepts/zz"),
    "a parent of another kind": ("belongs to ENTITY", "concepts.csv", f"ACTIVE,{U}concepts/0", f"ACTIVE,{U}concepts/2"),
    "a revision of nobody": ("References missing", "revisions.csv", f"1,{U}concepts/1", f"1,{U}concepts/zz"),
    "a revision behind nothing": (
        "References missing",
        "revisions.csv",
        f"{U}revisions/6,{U}revisions/3",
        f"{U}revisions/6,{U}revisions/zz",
    ),
    "a revision behind another's": (
        "different concept",
        "revisions.csv",
        f"{U}revisions/6,{U}revisions/3",
        f"{U}revisions/6,{U}revisions/2",
    ),
    "a revision behind itself": (
        "does not precede it",
        "revisions.csv",
        f"{U}revisions/6,{U}revisions/3",
        f"{U}revisions/6,{U}revisions/6",
    ),
    "two revisions at once": ("duplicate ACTIVE revision", "revisions.csv", "SUPERSEDED", "ACTIVE"),
    "two contracts at once": ("duplicate ACTIVE contract", "contracts.csv", "SUPERSEDED", "ACTIVE"),
    "a contract on nothing": ("References missing", "contracts.csv", f"contracts/0,{U}revisions/0", f"contracts/0,{U}revisions/zz"),
    "a contract on another's revision": (
        "different concept",
        "contracts.csv",
        f"contracts/0,{U}revisions/0",
        f"contracts/0,{U}revisions/1",
    ),
    "a binding on nothing": ("References missing", "bindings.csv", f"1,{U}contracts/4", f"1,{U}contracts/zz"),
    "a binding of an entity": ("Only PROPERTY concepts", "bindings.csv", f"1,{U}contracts/4", f"1,{U}contracts/0"),
    "two bindings at once": ("duplicate ACTIVE binding", "bindings.csv", "Right", "Left"),
    "padding in a URI": ("is 'http://ns.example/revisions/01'", "revisions.csv", f"{U}revisions/1,", f"{U}revisions/01,"),
    "capitals in a URI": ("and the one of serial", "contracts.csv", f"{U}contracts/1,", f"{U}Contracts/1,"),
    "another namespace": ("and the one of serial", "contracts.csv", f"{U}contracts/1,", "http://other/contracts/1,"),
    "another serial in a concept": ("and the one of serial", "concepts.csv", f"1,{U}concepts/1,", f"1,{U}concepts/9,"),
}


@pytest.mark.parametrize("name", WRONG)
def test_files_that_are_no_ledger_are_refused_with_their_place(name: str, tmp_path: Path) -> None:
    said, file, what, by = WRONG[name]
    tables = after(F0, (modified("Vehicle.Speed", "PROPERTY", "Vehicle", unit="mph"),), rules={"property": {"unit": True}})
    write_tables(tables, tmp_path / "l")
    path = tmp_path / "l" / file
    text = path.read_bytes().decode()
    changed = by if what == "*" else text.replace(what, by, 1)
    assert changed != text
    path.write_bytes(changed.encode(errors="surrogateescape"))
    with pytest.raises(LedgerFilesError) as refused:
        read_tables(tmp_path / "l")
    assert said in "\n".join((str(refused.value), *refused.value.findings))
    assert file in str(refused.value)


def test_files_too_many_or_too_few_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder, said in (("empty", r"empty: holds none of concepts\.csv"), ("none", "none: there is no such folder")):
        with pytest.raises(LedgerFilesError, match=said):
            read_tables(tmp_path / folder)
        assert read_tables(tmp_path / folder, new=True) == empty_tables()
    write_tables(after(F0), tmp_path / "l")
    (tmp_path / "l" / "more").mkdir()
    with pytest.raises(LedgerFilesError, match="unexpected files: more"):
        read_tables(tmp_path / "l")
    (tmp_path / "l" / "more").rmdir()
    (tmp_path / "l" / "bindings.csv").unlink()
    with pytest.raises(LedgerFilesError, match=r"missing files: bindings\.csv"):
        read_tables(tmp_path / "l")
    (tmp_path / "file").touch()
    with pytest.raises(LedgerFilesError, match="no folder"):
        read_tables(tmp_path / "file")


def test_columns_that_point_elsewhere_may_point_out_of_the_ledger() -> None:
    tables = after(F0)
    foreign = tables.concepts[3]._replace(parent_uri="http://other.example/concepts/7")
    check_tables(Tables((*tables.concepts[:3], foreign, *tables.concepts[4:]), tables.revisions, tables.contracts, tables.bindings))


def test_tables_that_are_no_ledger_are_not_written(tmp_path: Path) -> None:
    tables = after(F0)
    with pytest.raises(LedgerFilesError, match="References missing"):
        write_tables(Tables(tables.concepts[1:2], tables.revisions[:1]), tmp_path / "l")
    assert not list(tmp_path.iterdir())


KILLED = """
import os, sys
from pathlib import Path
from graph_ledger.contracts import journal, read_tables, write_tables
left = int(sys.argv[1])
def counted(step):
    def run(*given, **more):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return step(*given, **more)
    return run
for name in ("mkdir", "rename", "replace", "rmdir"):
    setattr(Path, name, counted(getattr(Path, name)))
os.fsync = counted(os.fsync)
write_tables(read_tables(sys.argv[2]), sys.argv[3])
"""


@pytest.mark.slow
@pytest.mark.parametrize("there", [False, True], ids=["a first ledger", "a ledger that is there"])
def test_a_writer_that_is_killed_leaves_the_old_four_or_the_new_four(there: bool, tmp_path: Path) -> None:
    old, new = after(F0) if there else empty_tables(), after(F0, (added("X", "ENTITY"), added("X.y", "PROPERTY", "X")))
    write_tables(new, tmp_path / "new")
    found, place = [], tmp_path / "ledger"
    for steps in range(100):
        for path in (place, beside(place, JOURNAL), beside(place, BEGUN)):
            for file in [*path.iterdir()] if path.is_dir() else []:
                file.unlink()
            if path.is_dir():
                path.rmdir()
        if there:
            write_tables(old, place)
        done = subprocess.run([sys.executable, "-c", KILLED, str(steps), tmp_path / "new", place], check=False)
        found.append(read_tables(place, new=True))
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        write_tables(read_tables(place, new=True), place)  # the next writer finishes what was begun
        assert read_tables(place, new=True) == found[-1]
        assert not beside(place, JOURNAL).exists()
    assert len(found) > 10
    turn = found.index(new)
    assert found == [old] * turn + [new] * (len(found) - turn)


def test_readers_see_what_one_writer_left(tmp_path: Path) -> None:
    one, other = after(F0), after(F0, (added("X", "ENTITY"), added("X.y", "PROPERTY", "X")))
    write_tables(one, tmp_path / "l")
    ended = threading.Event()

    def write() -> None:
        for turn in range(20):
            write_tables((other, one)[turn % 2], tmp_path / "l")
        ended.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = []
    while not ended.is_set():
        seen.append(read_tables(tmp_path / "l"))
    writer.join()
    assert all(tables in (one, other) for tables in seen)


def test_a_reader_writes_nothing_and_a_writer_leaves_only_its_lock(tmp_path: Path) -> None:
    write_tables(after(F0), tmp_path / "l")
    assert {path.name for path in tmp_path.iterdir()} == {"l", LOCK.format("l")}
    (tmp_path / LOCK.format("l")).unlink()
    read_tables(tmp_path / "l")
    assert {path.name for path in tmp_path.iterdir()} == {"l"}


@pytest.mark.skipif(os.name == "nt", reason="links there need rights")
def test_a_folder_behind_a_link_has_its_journal_beside_itself(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "ledger").symlink_to(tmp_path / "real")
    write_tables(after(F0), tmp_path / "linked" / "ledger")
    assert read_tables(tmp_path / "real") == after(F0)
    assert [path.name for path in (tmp_path / "linked").iterdir()] == ["ledger"]
