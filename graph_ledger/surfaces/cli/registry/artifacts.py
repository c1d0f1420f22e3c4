"""The commands about bytes: fetch them, give them, check them, take over a folder of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, with_ledger
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.registry.options import acted, as_told, unknown

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger
    from graph_ledger.values.registry.moves import ArtifactCheck
    from graph_ledger.values.registry.version import ModelVersion

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, path_type=Path)


@click.command(epilog=example("registry artifact fraud_scoring 2.0.0 -o model.pkl"))
@click.argument("name")
@click.argument("version")
@click.option(
    "-o", "--output", "file", type=TARGET, required=True, help="The file that they are written to; it is replaced when all is there."
)
@output
@with_ledger
def artifact(ledger: "Ledger", name: str, version: str, file: Path) -> Any:
    """Fetch the bytes of VERSION of the model NAME, and check them on the way."""
    from graph_ledger.errors import ArtifactError
    from graph_ledger.registry.stores.store import copied
    from graph_ledger.surfaces.open_artifact import open_artifact
    from graph_ledger.values.replacing import replacing_bytes

    found = open_artifact(ledger, name, version)
    if found is None:
        raise unknown(f"version {name}:{version} with bytes")
    source, expected, _ = found
    with source, replacing_bytes(file) as sink:
        digest, size = copied(source, sink.write)
        if digest != expected:
            raise ArtifactError(f"{name}:{version}", expected, digest)
    return {"file": str(file), "size": size, "sha256": digest}


@click.command("store-artifact", epilog=example("registry store-artifact fraud_scoring 2.0.0 model.pkl"))
@click.argument("name")
@click.argument("version")
@click.argument("file", type=FILE)
@acted
@output
@with_ledger
def store_artifact(ledger: "Ledger", name: str, version: str, file: Path, actor: str) -> Any:
    """Give VERSION of the model NAME, which was registered without, the bytes of FILE; the same again are silent."""
    found = ledger.registry.store_artifact(name, version, file, actor=actor)
    if found is None:
        raise unknown(f"version {name}:{version}")
    return as_told(found)


@click.command(epilog=example("registry verify", "registry verify fraud_scoring 2.0.0"))
@click.argument("name", required=False)
@click.argument("version", required=False)
@output
@with_ledger
def verify(ledger: "Ledger", name: str | None = None, version: str | None = None) -> Any:
    """Recompute the hashes of the bytes of one version, of the model NAME, or of all; a finding ends with 1."""
    from graph_ledger.surfaces.cli.registry.tables import VerifiedVersion

    found: list[ModelVersion]
    if name is not None and version is not None:
        found = [each for each in [ledger.registry.get_version(name, version)] if each is not None]
    else:
        found = ledger.registry.search() if name is None else ledger.registry.list_versions(name)
    if name is not None and not found:
        raise unknown(f"model {name!r}" if version is None else f"version {name}:{version}")
    checked = [(each, _checked(ledger, each)) for each in found]
    return [
        VerifiedVersion(model_name=each.model_name, version=each.version, **check.model_dump())
        for each, check in checked
        if check is not None
    ]


def _checked(ledger: "Ledger", version: "ModelVersion") -> "ArtifactCheck | None":
    """Check the bytes of a version; of one that has none nothing is asked."""
    from graph_ledger.surfaces.open_artifact import store_read
    from graph_ledger.values.registry.moves import ArtifactCheck

    if version.artifact_sha256 is None:
        return ArtifactCheck(ok=True, size=None, sha256=None)
    with store_read(ledger):
        return ledger.registry.verify_artifact(version.model_name, version.version)


@click.command("import", epilog=example("registry import ./models"))
@click.argument("folder", type=FOLDER)
@acted
@output
@with_ledger
def import_folder(ledger: "Ledger", folder: Path, actor: str) -> Any:
    """Register every FOLDER/MODEL/VERSION/model.bin that is not registered yet, as made when the file was."""
    from datetime import datetime, timezone

    from graph_ledger.errors import GraphLedgerError

    done, refused = [], 0
    for file in sorted(folder.glob("*/*/model.bin"), key=lambda each: (each.stat().st_mtime, each)):
        name, version = file.parts[-3:-1]
        made = datetime.fromtimestamp(file.stat().st_mtime, timezone.utc)
        try:
            if ledger.registry.get_version(name, version) is None:
                done.append(ledger.registry.register(name, version, artifact=file, actor=actor, created_at=made))
        except GraphLedgerError as error:
            refused += 1
            note(f"{name}/{version}: {error}")
    if refused:
        raise GraphLedgerError(f"{refused} could not be registered, {len(done)} were")
    return as_told(done)
