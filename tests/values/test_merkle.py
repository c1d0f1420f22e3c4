"""Trees, paths and growth: the published vectors of Certificate Transparency, and an oracle that is written like the RFC."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_ledger.values.merkle import EMPTY, Growing, consistency_ranges, inclusion_path, leaf_hash, root_above, root_of, roots_after

LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A, B, C = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
)
D, E, F = (
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
)
INCLUSION = {
    (0, 1): [],
    (0, 8): [A, B, C],
    (5, 8): [D, E, ROOTS[4]],
    (2, 3): [ROOTS[2]],
    (1, 5): [ROOTS[1], B, D],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [A, B, C],
    (6, 8): [F, E, ROOTS[4]],
    (2, 5): [B, D],
    (6, 7): [F, "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f", ROOTS[4]],
}
HASHES = [leaf_hash(each) for each in LEAVES]
sizes = st.integers(1, 200)


def naive_root(data: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    split = naive_split(len(data))
    return sha256(b"\x01" + naive_root(data[:split]) + naive_root(data[split:])).digest()


def naive_split(size: int) -> int:
    split = 1
    while split * 2 < size:
        split *= 2
    return split


def naive_path(index: int, data: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.1."""
    if len(data) == 1:
        return []
    split = naive_split(len(data))
    if index < split:
        return [*naive_path(index, data[:split]), naive_root(data[split:])]
    return [*naive_path(index - split, data[split:]), naive_root(data[:split])]


def naive_growth(old: int, data: list[bytes], *, whole: bool = True) -> list[bytes]:
    """SUBPROOF of section 2.1.2."""
    if old == len(data):
        return [] if whole else [naive_root(data)]
    split = naive_split(len(data))
    if old <= split:
        return [*naive_growth(old, data[:split], whole=whole), naive_root(data[split:])]
    return [*naive_growth(old - split, data[split:], whole=False), naive_root(data[:split])]


def some(size: int) -> list[bytes]:
    return [str(number).encode() for number in range(size)]


def growth(old: int, hashes: list[bytes]) -> list[bytes]:
    return [root_of(hashes[start:end]) for start, end in consistency_ranges(old, len(hashes))]


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size: int) -> None:
    assert root_of(HASHES[:size]).hex() == naive_root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_published_paths_to_a_root(index: int, size: int) -> None:
    path = inclusion_path(index, HASHES[:size])
    assert [each.hex() for each in path] == INCLUSION[index, size]
    above = root_above(HASHES[index], index, size, path)
    assert above is not None
    assert above.hex() == ROOTS[size]


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_the_published_paths_of_growth(old: int, new: int) -> None:
    path = growth(old, HASHES[:new])
    assert [each.hex() for each in path] == CONSISTENCY[old, new]
    assert roots_after(old, new, bytes.fromhex(ROOTS[old]), path) == (bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]))


@given(size=sizes, data=st.data())
def test_paths_are_those_of_the_rfc_and_lead_to_its_root(size: int, data: st.DataObject) -> None:
    leaves = some(size)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    hashes = [leaf_hash(each) for each in leaves]
    path = inclusion_path(index, hashes)
    assert path == naive_path(index, leaves)
    assert root_above(hashes[index], index, size, path) == root_of(hashes) == naive_root(leaves)
    grown = growth(old, hashes)
    assert grown == naive_growth(old, leaves)
    assert roots_after(old, size, naive_root(leaves[:old]), grown) == (naive_root(leaves[:old]), naive_root(leaves))


@given(size=sizes, block=st.sampled_from([1, 2, 4, 8, 16]), data=st.data())
def test_a_path_may_be_put_together_of_blocks(size: int, block: int, data: st.DataObject) -> None:
    hashes = [leaf_hash(each) for each in some(size)]
    index = data.draw(st.integers(0, size - 1))
    blocks = [hashes[start : start + block] for start in range(0, size, block)]
    roots = [root_of(each) for each in blocks]
    assert root_of(roots) == root_of(hashes)
    whole = inclusion_path(index % block, blocks[index // block]) + inclusion_path(index // block, roots)
    assert whole == inclusion_path(index, hashes)


@given(size=st.integers(2, 64), data=st.data())
def test_what_was_tampered_with_leads_elsewhere(size: int, data: st.DataObject) -> None:
    hashes = [leaf_hash(each) for each in some(size)]
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    root, before, path, grown = root_of(hashes), root_of(hashes[:old]), inclusion_path(index, hashes), growth(old, hashes)
    other = data.draw(st.integers(0, size - 1).filter(lambda each: each != index))
    spoilt = data.draw(st.integers(0, len(path) - 1))
    assert root_above(hashes[index], other, size, path) != root
    assert root_above(hashes[other], index, size, path) != root
    for wrong in (path[:-1], [*path, root], [root, *path], [*path[:spoilt], EMPTY, *path[spoilt + 1 :]]):
        assert root_above(hashes[index], index, size, wrong) != root
    for wrong in (grown[:-1], [*grown, root], [before, *grown], [*grown[:-1], EMPTY]):
        assert roots_after(old, size, before, wrong) != (before, root)


def test_no_path_where_there_is_no_tree() -> None:
    for index, size in ((0, 0), (1, 1), (-1, 3), (3, 3), (0, -1)):
        assert root_above(EMPTY, index, size, []) is None
    for old, new in ((2, 1), (-1, 3), (1, 2), (0, -1)):
        assert roots_after(old, new, EMPTY, []) is None
    for old, new in ((0, 0), (0, 3), (3, 3)):
        assert roots_after(old, new, EMPTY, []) == (EMPTY, EMPTY)
        assert roots_after(old, new, EMPTY, [EMPTY]) is None
    assert consistency_ranges(0, 5) == consistency_ranges(5, 5) == []


def test_a_growing_tree_keeps_few_hashes() -> None:
    tree = Growing()
    for number in range(10_000):
        tree.append(leaf_hash(str(number).encode()))
    assert tree.size == 10_000
    assert len(tree._complete) <= 14
