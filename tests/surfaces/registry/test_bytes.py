"""Bytes of versions over HTTP: in parts, checked on the way, and said to be gone where they are."""

import io
import os
import time
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from graph_ledger.errors import ArtifactError, ArtifactGoneError, ConflictError, OverBudgetError, SourceError, ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.registry import FileModelStore, ModelRegistry
from graph_ledger.registry.stores.paths import PENDING
from tests.surfaces.rest.serving import served

ONE = "/registry/models/clf/versions/1.0"
OCTETS = {"Content-Type": "application/octet-stream"}
MEGABYTE = 1_000_000


@pytest.fixture
def file(stored: Ledger, tmp_path: Path) -> Path:
    """Where the bytes of the one version lie."""
    stored.registry.register("clf", "1.0", artifact=b"weights")
    return tmp_path / "artifacts" / "clf" / "1.0" / "model.bin"


def staged(tmp_path: Path) -> list[Path]:
    """What was taken in and belongs to no version."""
    return [path for path in (tmp_path / "artifacts" / PENDING).glob("*") if path.is_file()]


def test_bytes_that_are_gone_are_said_to_be_gone(client: httpx.Client, far: Ledger, file: Path) -> None:
    file.unlink()
    told = client.get(f"{ONE}/artifact")
    assert (told.status_code, told.headers["content-type"], told.json()["error"]) == (410, "application/problem+json", "ArtifactGoneError")
    assert (told.json()["detail"], told.json()["store"]) == ("the bytes of clf:1.0 are gone from the store", "")
    assert client.get("/registry_verify", params={"name": "clf", "version": "1.0"}).json()["check"]["ok"] is False
    for read in (far.registry.load_artifact, far.registry.open_artifact):
        with pytest.raises(FileNotFoundError, match=r"the bytes of clf:1.0 are gone from the store$"):
            read("clf", "1.0")


def test_a_store_that_cannot_be_read_is_said_to_and_nothing_of_its_bytes(
    client: httpx.Client, far: Ledger, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(FileModelStore, "open_artifact", refused)
    for path in (f"{ONE}/artifact", "/registry_verify?name=clf&version=1.0"):
        told = client.get(path)
        assert (told.status_code, told.json()["error"]) == (502, "SourceError"), path
        assert told.json()["detail"] == "the store cannot be read: Permission denied"
    for verb in (far.registry.verify_artifact, far.registry.load_artifact):
        with pytest.raises(SourceError, match="cannot be read"):
            verb("clf", "1.0")


def test_a_store_that_lacks_its_package_is_said_to(stored: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lacking:
        def __init__(self) -> None:
            self.database = stored.database

        @property
        def registry(self) -> ModelRegistry:
            raise ModuleNotFoundError("No module named 'fsspec': pip install \"graph-ledger[stores]\" brings fsspec")

    monkeypatch.setattr(type(stored), "registry", property(lambda _: Lacking().registry))
    monkeypatch.delitem(stored.__dict__, "registry", raising=False)
    with served(stored) as client, Ledger(str(client.base_url)) as far:
        for path in ("/registry/models", "/registry_models", f"{ONE}/artifact"):
            told = client.get(path)
            assert (told.status_code, told.headers["content-type"]) == (501, "application/problem+json"), path
            assert "lacks a package" in told.json()["detail"]
        with pytest.raises(Exception, match="lacks a package"):
            far.registry.list_models()


@pytest.mark.usefixtures("file")
def test_bytes_are_checked_as_they_are_read_and_not_before(far: Ledger, stored: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ModelRegistry, "verify_artifact", lambda *_: asked.append("verified"))
    found = far.registry.open_artifact("clf", "1.0")
    near = stored.registry.open_artifact("clf", "1.0")
    assert found is not None
    assert near is not None
    with found[0] as there, near[0] as here:
        assert (there.read(), found[1:]) == (here.read(), near[1:])
    assert far.registry.open_artifact("clf", "2.0") is None
    assert far.registry.load_artifact("other", "1") is None
    stored.registry.register("clf", "2.0")
    assert far.registry.open_artifact("clf", "2.0") is None
    assert asked == []


@pytest.mark.parametrize(
    ("damaged", "said"), [(b"weigh", "5 bytes, registered 7"), (b"Weights, and more", "17 bytes"), (b"Weights", "SHA-256")]
)
def test_other_bytes_are_refused_before_any_of_them_is_sent(
    client: httpx.Client, far: Ledger, file: Path, damaged: bytes, said: str
) -> None:
    file.write_bytes(damaged)
    told = client.get(f"{ONE}/artifact")
    assert (told.status_code, told.headers["content-type"], told.json()["error"]) == (409, "application/problem+json", "ArtifactError")
    assert said in told.json()["detail"]
    for read in (far.registry.load_artifact, far.registry.open_artifact):
        with pytest.raises(ArtifactError, match=rf"bytes of clf:1.0 are not those that were registered: .*{said}"):
            read("clf", "1.0")


def test_nobody_gets_a_whole_body_of_other_bytes(
    client: httpx.Client, far: Ledger, stored: Ledger, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = bytearray(os.urandom(3 * MEGABYTE))
    stored.registry.register("clf", "1.0", artifact=bytes(content))
    content[MEGABYTE // 2] ^= 1
    (tmp_path / "artifacts" / "clf" / "1.0" / "model.bin").write_bytes(content)
    got: list[bytes] = []
    with caplog.at_level("WARNING", "graph_ledger"), client.stream("GET", f"{ONE}/artifact") as response:
        assert (response.status_code, response.headers["content-length"]) == (200, str(3 * MEGABYTE))
        with pytest.raises(httpx.RemoteProtocolError):
            got.extend(response.iter_bytes())
    assert 0 < sum(map(len, got)) < 3 * MEGABYTE
    assert [record.what["error"] for record in caplog.records if record.message == "broken off"] == ["ArtifactError"]  # type: ignore[attr-defined]
    with pytest.raises(ArtifactError, match=f"SHA-256 {sha256(content).hexdigest()[:12]}"):
        far.registry.load_artifact("clf", "1.0")


def test_what_arrives_is_in_the_store_before_the_last_of_it_is_sent(client: httpx.Client, stored: Ledger, tmp_path: Path) -> None:
    stored.registry.register("clf", "1.0")
    seen: list[int] = []

    def slowly() -> Iterator[bytes]:
        yield bytes(2 * MEGABYTE)
        until = time.monotonic() + 1.5
        while time.monotonic() < until and not sum(path.stat().st_size for path in staged(tmp_path)):
            time.sleep(0.02)
        seen.extend(path.stat().st_size for path in staged(tmp_path))
        yield b"end"

    assert client.put(f"{ONE}/artifact", content=slowly(), headers=OCTETS).status_code == 200
    assert seen[0] >= MEGABYTE
    assert stored.registry.load_artifact("clf", "1.0") == bytes(2 * MEGABYTE) + b"end"
    assert staged(tmp_path) == []


def test_what_stops_halfway_leaves_nothing(client: httpx.Client, stored: Ledger, tmp_path: Path) -> None:
    stored.registry.register("clf", "1.0")

    def falls_silent() -> Iterator[bytes]:
        yield bytes(MEGABYTE)
        time.sleep(4)
        yield b"late"

    def breaks() -> Iterator[bytes]:
        yield bytes(MEGABYTE)
        raise ValueError("the sender's own")

    def too_many() -> Iterator[bytes]:
        for _ in range(6):
            yield bytes(MEGABYTE)

    with pytest.raises(ValueError, match="the sender's own"):
        client.put(f"{ONE}/artifact", content=breaks(), headers=OCTETS)
    assert client.put(f"{ONE}/artifact", content=too_many(), headers=OCTETS).status_code == 413
    try:
        status = client.put(f"{ONE}/artifact", content=falls_silent(), headers=OCTETS).status_code
    except httpx.TransportError:  # it was given up while it still sent
        status = 408
    assert status == 408
    until = time.monotonic() + 10
    while staged(tmp_path) and time.monotonic() < until:
        time.sleep(0.05)
    assert staged(tmp_path) == []
    known = stored.registry.get_version("clf", "1.0")
    assert known is not None
    assert known.artifact_sha256 is None


def test_whoever_leaves_while_they_send_is_no_fault(
    client: httpx.Client, stored: Ledger, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stored.registry.register("clf", "1.0")

    def leaves() -> Iterator[bytes]:
        yield bytes(MEGABYTE)
        raise ValueError("the sender's own")

    with caplog.at_level("INFO", "graph_ledger"):
        with pytest.raises(ValueError, match="the sender's own"):
            client.put(f"{ONE}/artifact", content=leaves(), headers=OCTETS)
        until = time.monotonic() + 10
        while not (said := [each for each in caplog.records if each.message == "request"]) and time.monotonic() < until:
            time.sleep(0.05)
    assert [(each.levelname, each.what["status"]) for each in said] == [("INFO", 499)]  # type: ignore[attr-defined]
    assert [each.message for each in caplog.records if each.levelname in {"WARNING", "ERROR"}] == []
    assert staged(tmp_path) == []


def test_a_version_whose_bytes_did_not_come_through_says_how_to_send_them(far: Ledger, stored: Ledger) -> None:
    way = r"clf:1.0 is registered without its bytes: store_artifact\('clf', '1.0', \.\.\.\) sends them"
    with pytest.raises(OverBudgetError, match=way):
        far.registry.register("clf", "1.0", artifact=bytes(5_000_001))
    with pytest.raises(ConflictError, match=f"already exists; {way}"):
        far.registry.register("clf", "1.0", artifact=b"weights")
    with pytest.raises(ConflictError, match=r"already exists$"):
        far.registry.register("clf", "1.0")
    sent = far.registry.store_artifact("clf", "1.0", b"weights")
    assert sent == stored.registry.get_version("clf", "1.0")
    with pytest.raises(ConflictError, match=r"already exists$"):
        far.registry.register("clf", "1.0", artifact=b"weights")

    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            del size
            raise OSError(5, "the disk is broken")

    with pytest.raises(ValidationError, match=r"the disk is broken; clf:2.0 is registered without its bytes"):
        far.registry.register("clf", "2.0", artifact=Breaking())


def test_a_name_is_one_however_it_is_spelled(client: httpx.Client, far: Ledger, stored: Ledger) -> None:
    composed, apart = (unicodedata.normalize(form, "modèle é") for form in ("NFC", "NFD"))
    assert composed != apart
    assert client.post("/registry/models", json={"name": apart, "version": "é1"}).json()["model_name"] == composed
    assert client.post("/registry/models", json={"name": composed, "version": "é1"}).status_code == 409
    for name in (composed, apart):
        for version in (unicodedata.normalize(form, "é1") for form in ("NFC", "NFD")):
            path = f"/registry/models/{name}/versions/{version}"
            known = stored.registry.get_version(composed, unicodedata.normalize("NFC", "é1"))
            assert known is not None
            assert client.get(path).json().items() >= known.to_dict().items(), (name, version)
            assert far.registry.get_version(name, version) == known
            assert client.put(f"{path}/artifact", content=b"weights", headers=OCTETS).status_code == 200
            assert client.get(f"{path}/artifact").content == far.registry.load_artifact(name, version) == b"weights"
            assert client.post(f"{path}/stage", json={"stage": "staging"}).json()["stage"] == "staging"
        assert [each.version for each in far.registry.list_versions(name)] == [unicodedata.normalize("NFC", "é1")]
        assert client.get(f"/registry/models/{name}").json()["name"] == composed
    assert far.registry.list_models() == [composed]
    assert client.delete(f"/registry/models/{apart}/versions/{unicodedata.normalize('NFD', 'é1')}").status_code == 200


def test_a_store_in_a_folder_that_is_not_there_is_one_without_bytes(stored: Ledger, tmp_path: Path) -> None:
    stored.registry.register("clf", "1.0", artifact=b"weights")
    other = ModelRegistry(FileModelStore(tmp_path / "elsewhere"), ledger=stored)
    stored.__dict__["registry"] = other
    with served(stored) as client:
        told = client.get(f"{ONE}/artifact")
        kept = client.delete(ONE)
    assert (told.status_code, str(tmp_path) in told.text) == (410, False)
    assert told.json()["detail"] == "the bytes of clf:1.0 lie in another store, and are not in this one, which was asked"
    assert (kept.status_code, "file:" in kept.text, '"force": true' in kept.json()["detail"]) == (409, False, True)
    with pytest.raises(ConflictError, match=r"lie in file:///.*--force"):
        other.delete_version("clf", "1.0")
    assert issubclass(ArtifactGoneError, FileNotFoundError)
