"""Records: the format is Tensor2Tensor's, and no damage goes unnoticed."""

import struct

import numpy as np
import pytest

from t2t_lite.data import records
from t2t_lite.errors import T2TError

EXAMPLES = [
    {"inputs": [5, 6, 1], "targets": [7, 1]},
    {"inputs": [1 << 40], "targets": []},
    {"inputs": [], "image": [b"\x00\xff"], "scores": [0.5, -2.0]},
]


@pytest.fixture
def path(tmp_path):
    with records.RecordWriter(tmp_path / "shard") as writer:
        for example in EXAMPLES:
            writer.write(records.serialize(example))
    return tmp_path / "shard"


def crc32c(data: bytes) -> int:
    """Castagnoli's CRC bit by bit, masked as TFRecord does."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 * (crc & 1))
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def test_round_trip_and_frames(path):
    assert list(records.read_examples(path)) == EXAMPLES
    content, offsets = path.read_bytes(), records.frame_offsets(path)
    assert len(offsets) == len(EXAMPLES) + 1 and offsets[-1] == len(content)
    for record, start in zip(records.read_records(path), offsets, strict=False):
        length = struct.pack("<Q", len(record))
        checks = [struct.pack("<I", crc32c(part)) for part in (length, record)]
        frame = length + checks[0] + record + checks[1]
        assert content[start : start + len(frame)] == frame


def test_arrays_are_lists():
    arrays = {"inputs": np.array([[5, 6], [7, 1]], np.int32), "x": np.array([1.5], np.float32)}
    assert records.parse(records.serialize(arrays)) == {"inputs": [5, 6, 7, 1], "x": [1.5]}


def test_reads_tensor2tensors_shard(shared_dir):
    path = shared_dir / "reference/t2t/data_dir/translate_multi30k-dev-00000-of-00001"
    examples = list(records.read_examples(path))
    assert len(examples) == records.verify(path) == 1014
    assert all(ids[-1] == 1 and min(ids) > 0 for e in examples for ids in e.values())


def test_every_flipped_bit_is_noticed(path):
    content, offsets = path.read_bytes(), records.frame_offsets(path)
    for position in range(0, len(content), 5):
        damaged = bytearray(content)
        damaged[position] ^= 1 << (position % 8)
        path.write_bytes(damaged)
        number = int(np.searchsorted(offsets, position, side="right")) - 1
        with pytest.raises(T2TError, match=rf"shard .*shard is damaged at record {number} "):
            list(records.read_records(path))


def test_every_truncation_is_noticed(path):
    content = path.read_bytes()
    for length in range(0, len(content), 7):
        path.write_bytes(content[:length])
        with pytest.raises(T2TError, match=r"shard .*shard is damaged"):
            records.verify(path, expected=len(EXAMPLES))
