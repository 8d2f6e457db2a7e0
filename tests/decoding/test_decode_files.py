"""Names and contents of the files around decoding."""

import pytest

from t2t_lite.decoding import decode_files
from t2t_lite.decoding.decode_files import Decoded
from t2t_lite.decoding.hparams import DecodeHParams


@pytest.mark.parametrize(
    ("path", "hparams", "expected"),
    [
        ("in.en", {}, "in.en.transformer.transformer_base.translate_ende.beam4.alpha0.6.decodes"),
        ("in.beam4.alpha0.6.decodes", {}, "in.beam4.alpha0.6.decodes"),
        (
            "in",
            {"shards": 10, "shard_id": 2, "beam_size": 1},
            "in002.transformer.transformer_base.translate_ende.beam1.alpha0.6.decodes",
        ),
        (
            "in",
            {"shards": 10, "shards_start_offset": 1, "shard_google_format": True},
            "in-00001-of-00010.transformer.transformer_base.translate_ende.beam4.alpha0.6.decodes",
        ),
        ("in", {"decode_to_file": "out"}, "out"),
    ],
)
def test_output_path_is_tensor2tensors(path, hparams, expected):
    names = ("transformer", "transformer_base", "translate_ende")
    assert decode_files.output_path(path, DecodeHParams(**hparams), *names) == expected


def test_other_delimiters(tmp_path):
    (tmp_path / "in.txt").write_text("one\nline;two;;three")
    assert decode_files.read_sentences(tmp_path / "in.txt", ";") == [
        "one\nline",
        "two",
        "",
        "three",
    ]
    (tmp_path / "in.txt").write_text("one;two;\n")
    assert decode_files.read_sentences(tmp_path / "in.txt", ";") == ["one", "two"]


def test_dataset_files_lie_side_by_side(tmp_path):
    path = tmp_path / "dev.decodes"
    decoded = [Decoded("a", "b", "c\nd"), Decoded("", "e", "f")]
    decode_files.write_dataset(path, decoded, DecodeHParams())
    read = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert read == {"dev.decodes": "c d\nf\n", "dev.targets": "b\ne\n", "dev.inputs": "a\n\n"}
    decode_files.write_dataset(tmp_path / "lm.decodes", [Decoded(None, "b", "c")], DecodeHParams())
    assert not (tmp_path / "lm.inputs").exists()
