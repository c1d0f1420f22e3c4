"""The example that ModL's first description uses throughout, as it is written there, through its releases into the four files."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from graph_ledger.contracts import read_tables
from graph_ledger.contracts.graph.after import address
from graph_ledger.surfaces.cli.main import cli
from tests.contracts.adapters.written import write

NAMESPACE = "http://namespace.example/"
EXAMPLE = """
Vehicle:  # This is an ENTITY
    type: branch

Vehicle.Speed:  # This is an PROPERTY
    type: sensor
    datatype: Float

Vehicle.Door:  # This is an ENTITY
    type: branch
    instances: [Left, Right]

Vehicle.Door.IsOpen:  # This is an PROPERTY
    type: sensor
    datatype: Boolean
"""
METADATA = f"""
name: MyModel                           # human-readable model name
id: "{NAMESPACE}"         # must end with '/' or '#'; full URIs are stored in the ledger
preferred_prefix: "ns"                  # optional display alias; used by inspection commands to shorten output
"""
RULES = """
entity:
  instances: true   # breaking
  type: true        # breaking
  name: false       # renames are non-breaking

property:
  output_type: true  # breaking
  unit: true         # breaking
  accuracy: true     # user-defined domain-specific attribute
  description: false # known, non-breaking
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with metadata and rules, and no database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRAPH_LEDGER_URI", "bolt://127.0.0.1:1")
    write(tmp_path, metadata_yaml=METADATA, breaking_yaml=RULES, nothing_vspec="")
    return tmp_path


def release(desk: Path, old: str, new: str) -> list[str]:
    """Diff two snapshots and sync what changed; return the lines of the answer that tell of changes."""
    told = CliRunner().invoke(cli, ["contract", "diff", old, new], prog_name="graph-ledger")
    assert told.exit_code == 0, told.stderr
    (desk / "diff.json").write_text(told.stdout, encoding="utf-8")
    words = ["contract", "sync", "-m", "metadata.yaml", "-b", "breaking.yaml", "-d", "diff.json", "-o", "ledger"]
    done = CliRunner().invoke(cli, words, prog_name="graph-ledger")
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()[1:-2]


def test_the_example_runs_from_its_snapshots_to_its_ledger(desk: Path) -> None:
    before = EXAMPLE.replace("Vehicle.Speed", "Vehicle.Velocity").partition("Vehicle.Door:")[0].replace("Float", "Int")
    write(desk, v1__model_vspec=before)
    # A later file lies over an earlier one: what was renamed, measured and described is said beside the example, not in it.
    write(desk, v2__model_vspec=EXAMPLE, v2__names_vspec="Vehicle.Speed: {fka: [Vehicle.Velocity], unit: km/h}\n")
    write(
        desk,
        v3__model_vspec=EXAMPLE.replace("Right]", "Right, Center]"),
        v3__names_vspec="Vehicle.Speed: {unit: mph, description: How fast.}",
    )
    assert len(release(desk, "nothing.vspec", "v1/model.vspec")) == 2
    release(desk, "v1", "v2")
    second = read_tables("ledger")
    assert [(row.concept_uri, row.current_label, row.previous_labels, row.kind.value) for row in second.concepts] == [
        (f"{NAMESPACE}concepts/0", "Vehicle", (), "ENTITY"),
        (f"{NAMESPACE}concepts/1", "Vehicle.Speed", ("Vehicle.Velocity",), "PROPERTY"),
        (f"{NAMESPACE}concepts/2", "Vehicle.Door", (), "ENTITY"),
        (f"{NAMESPACE}concepts/3", "Vehicle.Door.IsOpen", (), "PROPERTY"),
    ]
    contracts = {row.contract_uri: (row.concept_uri.removeprefix(NAMESPACE), row.status.value) for row in second.contracts}
    assert [each for each in contracts.values() if each[0] == "concepts/1"] == [("concepts/1", "SUPERSEDED"), ("concepts/1", "ACTIVE")]
    doors = [row for row in second.bindings if contracts[row.contract_uri][0] == "concepts/3"]
    assert [address("Vehicle.Door.IsOpen", "Vehicle.Door", row.instance_label or "") for row in doors] == [
        "Vehicle.Door.Left.IsOpen",
        "Vehicle.Door.Right.IsOpen",
    ]
    changes = release(desk, "v2", "v3")
    third = read_tables("ledger")
    assert [(line.split()[2], " yes " in line, line.split()[-1]) for line in changes] == [
        ("Vehicle.Speed", True, f"{NAMESPACE}contracts/5"),
        ("Vehicle.Door", True, f"{NAMESPACE}contracts/6"),
        ("Vehicle.Door.IsOpen", True, f"{NAMESPACE}contracts/7"),
    ]
    active = [row.instance_label for row in third.bindings if row.status == "ACTIVE"]
    assert sorted(active, key=str) == ["Center", "Left", None, "Right"]
    assert {row.binding_uri: row.status.value for row in third.bindings if row.binding_uri in {each.binding_uri for each in doors}} == {
        each.binding_uri: "SUPERSEDED" for each in doors
    }
    assert release(desk, "v3", "v3") == []


def test_a_model_that_is_not_valid_writes_nothing_and_says_where(desk: Path) -> None:
    write(desk, bad_vspec="Vehicle: {type: branch}\nVehicle.Door.IsOpen: {type: sensor, datatype: boolean}\n")
    told = CliRunner().invoke(cli, ["contract", "diff", "nothing.vspec", "bad.vspec"], prog_name="graph-ledger")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == "Error: bad.vspec:2:1: 'Vehicle.Door.IsOpen': there is no branch 'Vehicle.Door' for it to stand in\n"
