"""Connector types: ours by their names, those of others beside them, options checked before anything is made."""

import inspect
import re
import sqlite3
import warnings
from collections.abc import Sequence
from contextlib import closing
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from graph_ledger import DataNode, Ledger
from graph_ledger.connectors import SourceConnector, registry
from graph_ledger.connectors.files import FilesConnector
from graph_ledger.connectors.registry import OURS, connector_types, make_connector
from graph_ledger.errors import ValidationError
from graph_ledger.surfaces.configured import made, read_configuration
from tests.connectors.twice import written
from tests.docs.pages import blocks

HERE = "tests.connectors.test_registry"
HOME = Path(__file__).parent
DOCS = HOME.parents[1] / "docs" / "connectors"
PAGE = (DOCS / "types.md").read_text(encoding="utf-8")


class Queues:
    """What another package might bring."""

    name = "queues"

    def __init__(self, place: str, *, size: int = 1) -> None:
        self.place, self.size = place, size

    def discover(self) -> Sequence[DataNode]:
        """List as many queues as was asked for."""
        return [DataNode(f"queue-{number}", platform=self.place) for number in range(self.size)]


def nothing(**options: Any) -> object:
    """Make something that is no connector."""
    return options


def picky(days: int) -> Queues:
    """Take a number alone."""
    return Queues("x", size=days + 1)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Install packages that bring connector types, for one test."""

    def install(package: str, **types: str) -> None:
        folder = tmp_path / package / f"{package.replace('-', '_')}-1.0.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        lines = "".join(f"{name} = {target}\n" for name, target in types.items())
        (folder / "entry_points.txt").write_text(f"[{registry.GROUP}]\n{lines}")
        monkeypatch.syspath_prepend(str(folder.parent))

    return install


def test_ours_are_there_without_any_package_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "entry_points", lambda **_: [])
    assert connector_types().keys() == OURS.keys()
    assert isinstance(make_connector("noop"), SourceConnector)


def test_the_installed_package_names_the_same_types() -> None:
    lines = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8").partition(f'entry-points."{registry.GROUP}"]\n')[2]
    written = dict(line.replace('"', "").split(" = ") for line in lines.partition("\n\n")[0].splitlines())
    assert written == OURS


def test_a_type_is_made_with_its_options(tmp_path: Path) -> None:
    made = make_connector("files", path=tmp_path, name="estate", scope="all")
    assert isinstance(made, FilesConnector)
    assert (made.name, made.scope) == ("estate", "all")


def test_a_package_brings_a_type_of_its_own(installed: Any, ledger: Ledger) -> None:
    installed("their-queues", queues=f"{HERE}:Queues")
    assert connector_types()["queues"].package == "their-queues"
    made = make_connector("queues", place="alerting", size=2)
    assert ledger.discover(made).added == 2
    before = written(ledger)
    assert ledger.discover(made).skipped == 2
    assert written(ledger) == before


def test_a_package_replaces_none_of_ours_and_is_named(installed: Any) -> None:
    installed("their-files", files=f"{HERE}:Queues")
    with pytest.warns(UserWarning, match="their-files brings a connector type 'files', which is one of ours"):
        found = connector_types()["files"]
    assert found.target == OURS["files"]


def test_an_older_installation_of_ours_says_nothing(installed: Any) -> None:
    installed("graph_ledger", files="graph_ledger.connectors.former:files", former="nowhere:at_all")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert connector_types().keys() == OURS.keys()


def test_two_packages_with_one_type_are_told_apart_by_nobody(installed: Any) -> None:
    installed("one", queues=f"{HERE}:Queues")
    installed("two", queues=f"{HERE}:nothing")
    with pytest.raises(ValidationError, match="'queues' is brought by one and two: keep one of them"):
        make_connector("queues", place="x")


def test_a_package_that_is_installed_twice_is_one(installed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    installed("one", queues=f"{HERE}:Queues")
    twice = [*metadata.entry_points(group=registry.GROUP)] * 2
    monkeypatch.setattr(metadata, "entry_points", lambda **_: twice)
    assert make_connector("queues", place="x").name == "queues"


def test_a_factory_that_tells_nothing_of_its_options_is_called_all_the_same(installed: Any) -> None:
    installed("them", built_in="builtins:dict")
    with pytest.raises(ValidationError, match=r"made no connector .*, but 'dict'$"):
        make_connector("built_in", token="s3cret")  # which is not told on


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("file", "there is no connector type 'file': did you mean 'files'\\? there are composite, dbt, files,"),
        ("SQL", "did you mean 'sql'"),
        ("x" * 9, "there are composite, dbt"),
        (None, "there is no connector type None"),
    ],
)
def test_an_unknown_type_names_the_known_ones(kind: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        make_connector(kind)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "'queues' needs the option 'place': it takes place, size"),
        ({"plac": "x"}, "'queues' has no option 'plac': did you mean 'place'\\? it takes place, size"),
        ({"place": "x", "zzz": 1}, "'queues' has no option 'zzz': it takes place, size"),
    ],
)
def test_options_are_checked_before_anything_is_made(installed: Any, options: dict[str, Any], message: str) -> None:
    installed("their-queues", queues=f"{HERE}:Queues")
    with pytest.raises(ValidationError, match=message):
        make_connector("queues", **options)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("a_library_nobody_has:connector", "'theirs' of them .* cannot be used: No module named 'a_library_nobody_has'$"),
        (f"{HERE}:nowhere", "cannot be used: AttributeError: .*'nowhere'"),
        (f"{HERE}:nothing", "made no connector \\(a name and a discover\\(\\)\\), but 'dict'"),
        (f"{HERE}:picky", "the options of the connector type 'theirs' do not fit: "),
    ],
)
def test_what_cannot_be_used_is_one_error(installed: Any, target: str, message: str) -> None:
    installed("them", theirs=target)
    with pytest.raises(ValidationError, match=message):
        make_connector("theirs", days="x")


def test_a_library_that_a_type_needs_is_named(installed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "needy.py").write_text("import a_library_nobody_has\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    installed("them", needy="needy:connector")
    with pytest.raises(ValidationError, match="No module named 'a_library_nobody_has': install 'a_library_nobody_has'"):
        make_connector("needy")


@pytest.mark.parametrize("kind", sorted(kind for kind, target in OURS.items() if find_spec(target.partition(":")[0])))
def test_each_of_ours_can_be_imported(kind: str) -> None:
    assert callable(connector_types()[kind].load())


def test_the_page_names_every_type_with_its_options() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", PAGE, re.MULTILINE)
    assert [name for name, _ in rows] == list(OURS)
    for name, options in rows:
        if "see " not in options:
            told, _, more = options.partition(", and ")
            known = list(inspect.signature(connector_types()[name].load()).parameters)
            assert re.findall(r"`(\w+)`", told) == (known[: len(told.split(", "))] if more else known), name


def test_the_configuration_of_the_page_is_read(tmp_path: Path) -> None:
    (declared,) = [block.text for block in blocks(DOCS / "types.md", "toml")]
    (tmp_path / "graph-ledger.toml").write_text(declared)
    (tmp_path / "estate.yaml").write_text("models: [{name: a}]")
    (tmp_path / "target").symlink_to(HOME / "sample_dbt")
    (tmp_path / "events.jsonl").symlink_to(HOME / "sample_openlineage" / "events.jsonl")
    with closing(sqlite3.connect(tmp_path / "jobs.db")) as database, database:
        database.execute("CREATE TABLE jobs AS SELECT 'daily' AS job, 'INSERT INTO a SELECT * FROM b' AS code")
    connectors = [made(entry, tmp_path) for entry in read_configuration(tmp_path / "graph-ledger.toml")]
    assert [(each.name, len(list(each.discover()))) for each in connectors] == [("estate", 1), ("jobs", 1), ("shop", 3)]
