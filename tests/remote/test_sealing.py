"""Seals asked of a service: signed and kept on this machine, and never taken on trust."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from graph_ledger.access.keys import create_key
from graph_ledger.errors import HistoryEditedError, KeyRefusedError, NotAllowedError, ValidationError
from graph_ledger.ledger import Ledger
from graph_ledger.values.node import DataNode
from tests.graph import empty
from tests.surfaces.rest.serving import served


def key_pair(folder: Path) -> tuple[Path, Path]:
    key, files = Ed25519PrivateKey.generate(), (folder / "key.pem", folder / "public.pem")
    files[0].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    files[1].write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return files


def test_a_checkpoint_is_signed_here_and_gives_way_only_to_what_follows(ledger: Ledger, far: Ledger, tmp_path: Path) -> None:
    kept, (key, public) = tmp_path / "ledger.checkpoint", key_pair(tmp_path)
    far.add([DataNode("a"), DataNode("b")])
    first = far.seal(checkpoint=kept, key=key, origin="example.com/ledger")
    assert kept.read_text(encoding="utf-8") == first.checkpoint
    event = far.record("a", event="seen", actor="me")
    before = ledger.seal
    with pytest.raises(ValidationError, match="is signed, and this one would not be"):
        far.seal(checkpoint=kept)
    second = far.seal(checkpoint=kept, key=key)
    assert (second.number, second.size) == (2, first.size + 1)
    assert far.check_proof(far.prove(event, checkpoint=kept), public_key=public).ok
    assert far.check_consistency(far.prove_consistency(first.checkpoint), checkpoint=first.checkpoint, new_checkpoint=kept).ok
    assert before().root_hash == second.root_hash
    empty(ledger)
    ledger.add([DataNode("c"), DataNode("d"), DataNode("e"), DataNode("f")])
    text = kept.read_text(encoding="utf-8")
    with pytest.raises(HistoryEditedError, match="left as it is"):
        far.seal(checkpoint=kept, key=key, origin="example.com/ledger")
    assert kept.read_text(encoding="utf-8") == text
    assert ledger.overview().seals == 0
    (tmp_path / "notes.txt").write_text("not a checkpoint", encoding="utf-8")
    with pytest.raises(ValidationError, match="name another file"):
        far.seal(checkpoint=tmp_path / "notes.txt")


def test_a_key_says_who_asks_and_what_they_may(ledger: Ledger) -> None:
    reader, writer = (create_key(ledger.database, name, name) for name in ("reader", "writer"))
    ledger.add(DataNode("a"))
    with served(ledger, keys_needed=True) as client:
        uri = str(client.base_url)
        with Ledger(uri, key=reader) as far:
            assert [model.key for model in far.list()] == ["/a"]
            with pytest.raises(NotAllowedError) as refused:
                far.record("a", event="seen", actor="alice")
            assert refused.value.needed == "writer"
        with Ledger(uri, key=writer) as far:
            event = far.record("a", event="seen", actor="alice")
            assert (event.actor, event.tags) == ("writer", {"on_behalf_of": "alice"})
            with ThreadPoolExecutor(8) as threads:
                assert {len(found) for found in threads.map(lambda _: far.history("a"), range(40))} == {len(ledger.history("a"))}
        for key in (None, reader[:-1] + ("a" if reader[-1] != "a" else "b")):
            with pytest.raises(KeyRefusedError) as told:
                Ledger(uri, key=key)
            assert "gl_" not in str(told.value)
