"""The commands about bytes: fetch them, check them, take over a folder of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph_ledger.surfaces.cli.options import example, with_ledger
from graph_ledger.surfaces.cli.output import note, output
from graph_ledger.surfaces.cli.registry.options import acted, as_told, unknown

if TYPE_CHECKING:
    from graph_ledger.ledger import Ledger

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

    found = ledger.registry.open_artifact(name, version)
    if found is None:
        raise unknown(f"version {name}:{version} with bytes")
    source, expected, _ = found
    part = file.with_name(f"{file.name}.part")
    try:
        with source, part.open("wb") as sink:
            digest, size = copied(source, sink.write)
        if digest != expected:
            raise ArtifactError(f"{name}:{version}", expected, digest)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return {"file": str(file), "size": size, "sha256": digest}


@click.command(epilog=example("registry verify", "registry verify fraud_scoring 2.0.0"))
@click.argument("name", required=False)
@click.argument("version", required=False)
@output
@with_ledger
def verify(ledger: "Ledger", name: str | None = None, version: str | None = None) -> Any:
    """Recompute the hashes of the bytes of one version, of the model NAME, or of all; a finding ends with 1."""
    from graph_ledger.surfaces.cli.registry.tables import VerifiedVersion

    names = ledger.registry.list_models() if name is None else [name]
    wanted = [
        (each.model_name, each.version)
        for model in names
        for each in ledger.registry.list_versions(model)
        if version in (None, each.version)
    ]
    if name is not None and not wanted:
        raise unknown(f"model {name!r}" if version is None else f"version {name}:{version}")
    checked = [(of, number, ledger.registry.verify_artifact(of, number)) for of, number in wanted]
    return [VerifiedVersion(model_name=of, version=number, **check.model_dump()) for of, number, check in checked if check is not None]


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
