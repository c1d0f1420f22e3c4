"""Addresses of stores: which store one names, what of it may be told, and where its credentials go."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.errors import ValidationError
from graph_ledger.registry import FileModelStore, FsspecModelStore
from graph_ledger.registry.stores.addresses import shown, with_options
from graph_ledger.registry.stores.choose import store_at
from tests.registry.vault import ADDRESS

SECRETS = ("KEY", "SECRET", "TOKEN")


def test_a_folder_has_many_addresses_and_one_store(tmp_path: Path) -> None:
    folder = tmp_path / "my models"
    for address in (
        folder, str(folder), folder.as_uri(), f"file://{folder}", f"local://{folder}", f"FILE://{folder}", f"file://localhost{folder}",
        f"file:{folder}", str(folder.as_uri()).replace("file:", "local:"),
    ):  # fmt: skip
        store = store_at(address)
        assert (type(store), store.address) == (FileModelStore, folder.as_uri()), address


@pytest.mark.parametrize("address", ["", "  ", "a\0b", 7, None], ids=repr)
def test_no_address_is_no_store(address: str) -> None:
    with pytest.raises(ValidationError, match="a store is at a folder"):
        store_at(address)


@pytest.mark.parametrize("address", ["file://", "file://other/models", "local://models", "file:///a?b", "file:///a#b", "file:///a%00b"])
def test_a_file_address_that_is_no_folder_of_this_machine_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="file:///srv/models"):
        store_at(address)


def test_fsspec_keeps_nothing_in_a_folder_of_this_machine(tmp_path: Path) -> None:
    for address in (
        f"local://{tmp_path}",
        f"simplecache::file://{tmp_path}",
        f"dir::{tmp_path}",
        f"zip::file://{tmp_path}/a.zip",
        "models",
    ):
        with pytest.raises(ValidationError, match="folder of this machine"):
            FsspecModelStore(address)
    with pytest.raises(ValidationError, match="folder of this machine"):
        FsspecModelStore("simplecache://", target_protocol="file")
    with pytest.raises(ValidationError, match="folder of this machine"):
        store_at(f"simplecache::file://{tmp_path}")


def test_any_other_address_is_that_of_fsspec() -> None:
    assert store_at("memory://models/x/").address == "memory://models/x"
    for address in ("moon://bucket", "moon://KEY:SECRET@bucket?TOKEN", "memory://a*"):
        with pytest.raises(ValidationError, match="no address of a store") as caught:
            store_at(address)
        assert not any(secret in str(caught.value) for secret in SECRETS)
    with pytest.raises(ModuleNotFoundError, match="graph-ledger\\[stores\\]") as missing:
        store_at("s3://KEY:SECRET@bucket/models?TOKEN")
    assert not any(secret in str(missing.value) for secret in SECRETS)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("s3://KEY:SECRET@bucket/x/", "s3://bucket/x"), ("s3://bucket/x@y", "s3://bucket/x@y"), ("s3://KEY@bucket", "s3://bucket"),
        ("simplecache::s3://KEY:SECRET@bucket/x?sig=TOKEN", "simplecache::s3://bucket/x"),
        ("vault://KEY:SECRET@a/x::vault://KEY:SE%2FCRET@b:22/x", "vault://a/x::vault://b:22/x"),
        ("abfs://models@account.example/x?sig=TOKEN", "abfs://models@account.example/x"), ("abfs://KEY:SECRET@host/x", "abfs://host/x"),
        ("hdfs://host:8020/x", "hdfs://host:8020/x"), ("ftp://KEY:SEC@RET@host/x", "ftp://host/x"), ("memory://", "memory://"),
    ],
)  # fmt: skip
def test_what_is_told_of_an_address_shows_no_credentials(address: str, told: str) -> None:
    assert shown(address) == told


@pytest.mark.parametrize(
    "address",
    ["s3://KEY:SEC/RET@bucket/x", "s3://KEY:1/SECRET@bucket", "ftp://KEY:SECRET?@host/x", "ftp://KEY:1::RET@host", "ftp://KEY:SECRET"],
)
def test_credentials_that_cannot_be_told_from_the_rest_are_refused_and_not_shown(address: str) -> None:
    with pytest.raises(ValidationError, match="percent-encoded") as caught:
        store_at(address)
    assert not any(part in str(caught.value) for part in ("KEY", "SEC", "RET"))


@given(st.text("ab1%+=._-:@", min_size=1), st.text("ab1%+=._-:@?#", min_size=1), st.text("ab/._-@"))
def test_no_password_without_a_slash_is_ever_told(user: str, password: str, path: str) -> None:
    try:
        told = shown(f"ftp://<{user}:{password}>@host/{path}")
    except ValidationError as error:
        told = str(error)
    assert not {"<", ">"} & set(told)


def test_a_store_works_with_the_credentials_in_its_address_and_tells_none(tmp_path: Path) -> None:
    store = FsspecModelStore(f"{ADDRESS}{tmp_path}")
    assert store.load_artifact(store.save_artifact("m", "1", b"x")) == b"x"
    assert (store.address, repr(store)) == (f"vault://host{tmp_path}", f"<FsspecModelStore vault://host{tmp_path}>")
    with pytest.raises(FileNotFoundError) as gone:
        store.load_artifact("m/2/model.bin")
    with pytest.raises(PermissionError) as refused:
        FsspecModelStore(f"vault://KEY:FALSE@host{tmp_path}").save_artifact("m", "2", b"x")
    assert not any(secret in f"{gone.value}{refused.value}" for secret in (*SECRETS, "FALSE"))


def test_a_file_system_that_takes_credentials_for_a_path_is_refused() -> None:
    for address in ("memory://KEY:SECRET@bucket/x", "memory://bucket/x?sig=TOKEN"):
        with pytest.raises(ValidationError, match="as options") as caught:
            FsspecModelStore(address)
        assert not any(secret in str(caught.value) for secret in SECRETS)


def test_s3_gets_the_credentials_in_its_address_as_options() -> None:
    address, options = with_options("simplecache::s3://KEY:SE%2FCRET@bucket/x?versionId=1", {"s3": {"key": "said"}})
    assert (address, options) == ("simplecache::s3://bucket/x?versionId=1", {"s3": {"key": "said", "secret": "SE/CRET"}})
