"""Checkpoints are those of C2SP, to the letter: what others signed can be read here, and what is signed here by others."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.errors import ValidationError
from graph_ledger.values.checkpoint import Signature, checkpoint_of, held, parse
from graph_ledger.values.keys import PrivateKey, PublicKey, key_id, private_key, public_key, vkey

PUBLISHED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""
"""The example of https://c2sp.org/tlog-checkpoint."""
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""
"""Key and note of the documentation of golang.org/x/mod/sumdb/note, where the format comes from."""
RAW = bytes(range(32))


def signing() -> PrivateKey:
    """A key of its own."""
    key = Ed25519PrivateKey.from_private_bytes(RAW)
    return PrivateKey(key.public_key().public_bytes_raw(), key.sign)


def test_the_published_checkpoint_is_read_and_written_back() -> None:
    found = parse(PUBLISHED)
    assert (found.origin, found.size, len(found.root)) == ("example.com/behind-the-sofa", 20852163, 32)
    assert found.text == PUBLISHED
    assert [(each.name, len(each.signature)) for each in found.signatures] == [("example.com/behind-the-sofa", 64)]


def test_the_published_note_is_signed_by_the_published_key() -> None:
    key = public_key(VKEY)
    assert (key.name, vkey("PeterNeumann", key.raw)) == ("PeterNeumann", VKEY)
    body, _, below = NOTE.partition("\n\n")
    signature = base64.b64decode(below.split()[2])
    assert signature[:4] == key_id("PeterNeumann", key.raw)
    assert key.signed(f"{body}\n".encode(), signature[4:])
    assert not key.signed(f"{body} \n".encode(), signature[4:])
    assert not PublicKey(b"short").signed(b"", signature[4:])


@given(
    origin=st.text(st.characters(categories=["L", "N", "P"], exclude_characters="+"), min_size=1),
    size=st.integers(1, 10**12), root=st.binary(min_size=32, max_size=32), signed=st.booleans(),
)  # fmt: skip
def test_what_is_written_is_read_again(origin: str, size: int, root: bytes, signed: bool) -> None:
    key = signing()
    made = checkpoint_of(origin, size, root, key if signed else None)
    assert parse(made.text) == made
    assert made.signed_by(PublicKey(key.raw)) == made.signed_by(PublicKey(key.raw, origin)) == ("signed" if signed else "not signed")
    assert made.signed_by(PublicKey(key.raw, f"{origin}x")) == "not signed"
    spoilt = made._replace(body=checkpoint_of(origin, size + 1, root).body)
    assert spoilt.signed_by(PublicKey(key.raw)) == ("wrong" if signed else "not signed")


ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
NONE = {
    "nothing": "", "one line": "a\n", "no end": f"a\n1\n{ROOT}", "no origin": f"\n1\n{ROOT}\n",
    "an empty line": f"a\n\n1\n{ROOT}\n",
    "size zero": f"a\n0\n{ROOT}\n", "zeros before": f"a\n01\n{ROOT}\n", "a sign": f"a\n+1\n{ROOT}\n", "digits": f"a\n\u0663\n{ROOT}\n",
    "no number": f"a\nb\n{ROOT}\n", "too many": f"a\n{'9' * 19}\n{ROOT}\n", "no base64": "a\n1\n!\n", "short": "a\n1\nAAAA\n",
    "another spelling": f"a\n1\n{ROOT[:-2]}J=\n", "windows": f"a\r\n1\r\n{ROOT}\r\n", "a tab": f"a\tb\n1\n{ROOT}\n",
    "no signature": f"a\n1\n{ROOT}\n\n", "no dash": f"a\n1\n{ROOT}\n\n- a AAAAAAAA\n",
    "signature short": f"a\n1\n{ROOT}\n\n\u2014 a AAAA\n",
    "signature no base64": f"a\n1\n{ROOT}\n\n\u2014 a !\n", "signature unended": f"a\n1\n{ROOT}\n\n\u2014 a AAAAAAAA",
    "name with a plus": f"a\n1\n{ROOT}\n\n\u2014 a+b AAAAAAAA\n",
}  # fmt: skip


@pytest.mark.parametrize("case", NONE)
def test_what_is_no_checkpoint_is_refused(case: str) -> None:
    with pytest.raises(ValidationError, match="the checkpoint is none"):
        parse(NONE[case])


def test_lines_that_others_add_are_kept_and_signed() -> None:
    text = f"a\n1\n{ROOT}\nan extension\n"
    assert parse(text).body == text


def test_a_checkpoint_is_given_as_text_or_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "c").write_text(PUBLISHED, encoding="utf-8")
    assert held(PUBLISHED) == held(tmp_path / "c") == held(str(tmp_path / "c"))
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    (tmp_path / "other").write_text("hello", encoding="utf-8")
    for wrong in ("missing", tmp_path, tmp_path / "binary", "nul\0"):
        with pytest.raises(ValidationError, match="cannot be read"):
            held(wrong)
    with pytest.raises(ValidationError, match="other is none"):
        held(tmp_path / "other")


def test_a_public_key_is_a_pem_or_a_line(tmp_path: Path) -> None:
    key, pem = Ed25519PrivateKey.from_private_bytes(RAW), serialization.Encoding.PEM
    public = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "public.pem").write_bytes(public)
    (tmp_path / "key.vkey").write_text(VKEY + "\n", encoding="utf-8")
    (tmp_path / "a+b+c").write_text(VKEY, encoding="utf-8")
    assert public_key(tmp_path / "public.pem") == PublicKey(signing().raw)
    assert public_key(tmp_path / "key.vkey") == public_key(str(tmp_path / "a+b+c")) == public_key(VKEY)
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "private.pem").write_bytes(private)
    assert private_key(tmp_path / "private.pem").raw == signing().raw
    other = rsa.generate_private_key(65537, 2048).public_key()
    (tmp_path / "rsa.pem").write_bytes(other.public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo))
    (tmp_path / "broken.pem").write_text("-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----\n", encoding="utf-8")
    (tmp_path / "letter").write_text("dear", encoding="utf-8")
    for name, said in {
        "private.pem": "holds a private key", "rsa.pem": "no Ed25519 key", "broken.pem": "no public key in PEM",
        "letter": "is no public key", "missing": "cannot be read",
    }.items():  # fmt: skip
        with pytest.raises(ValidationError, match=said):
            public_key(tmp_path / name)


@pytest.mark.parametrize(
    "text",
    [
        "a+b+c", "++", f"+{VKEY.partition('+')[2]}", VKEY[:-4], VKEY.replace("c74f20a3", "c74f20a4"), VKEY.replace("Peter", "Paul"),
        "a+00000000+AhpcAQ==",
    ],
)  # fmt: skip
def test_a_line_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="public key"):
        public_key(text)


@pytest.mark.parametrize("origin", [f"a\n7\n{ROOT}", "", "a b", "a+b", "x" * 256, "\ud800"])
def test_no_checkpoint_is_made_that_says_another_thing_than_was_meant(origin: str) -> None:
    with pytest.raises(ValidationError, match="origin"):
        checkpoint_of(origin, 1, bytes(32), signing())


def test_a_key_with_a_name_signs_for_the_log_of_that_name_alone() -> None:
    key = signing()
    body = checkpoint_of("example.com/other", 1, bytes(32)).body
    name = "example.com/ledger"
    mark = Signature(name, key_id(name, key.raw), key.sign(body.encode()))
    found = checkpoint_of("example.com/other", 1, bytes(32))._replace(signatures=(mark,))
    assert found.signed_by(PublicKey(key.raw)) == "signed"
    assert found.signed_by(PublicKey(key.raw, name)) == "not signed"


def test_a_line_too_long_for_the_name_of_a_file_is_a_key_all_the_same() -> None:
    line = vkey("x" * 300, RAW)
    assert public_key(line) == PublicKey(RAW, "x" * 300)
    with pytest.raises(ValidationError, match="is no public key"):
        public_key(f"a\ud800{VKEY}")
