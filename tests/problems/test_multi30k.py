"""Multi30k: the files' own lines come back, split by split."""

import gzip

import pytest
from contracts import run_problem_test

from t2t_lite import registry
from t2t_lite.data import manifest, records
from t2t_lite.problems import translate_multi30k

SIZES = {"train": 29_000, "dev": 1_014, "test": 1_000, "test_2017": 1_000}


@pytest.mark.parametrize("language", ["de", "cs"])
def test_contract(language, shared_dir, tmp_path):
    name = f"translate_en{language}_multi30k"
    run_problem_test(registry.problems.get(name), tmp_path, shared_dir / "data", max_samples=100)


def test_all_lines_are_there(shared_dir, tmp_path):
    problem = registry.problem("translate_ende_multi30k_rev")
    problem.generate_data(tmp_path, shared_dir / "data/multi30k")
    splits = manifest.load(tmp_path, "translate_ende_multi30k")["splits"]
    assert {split: content["records"] for split, content in splits.items()} == SIZES
    assert problem.get_hparams(None, tmp_path).vocab_size == {"inputs": 8192, "targets": 8192}
    encoders = problem.get_feature_encoders(tmp_path)
    for split, filename in (("dev", "val"), ("test_2017", "test_2017_flickr")):
        lines = [
            gzip.decompress((shared_dir / f"data/multi30k/{filename}.{lang}.gz").read_bytes())
            for lang in ("de", "en")
        ]
        (path,) = problem.filepaths(tmp_path, split)
        pairs = [
            tuple(encoders[f].decode_until_eos(example[f]) for f in ("inputs", "targets"))
            for example in map(problem.maybe_reverse_and_copy, records.read_examples(path))
        ]
        assert sorted(pairs) == sorted(
            zip(*(text.decode().split("\n")[:-1] for text in lines), strict=True)
        )


def test_czech_has_no_test_of_2017():
    assert registry.problem("translate_encs_multi30k").split_names() == ["train", "dev", "test"]


def test_every_file_has_a_checksum(shared_dir):
    listed = (shared_dir / "data/SHA256SUMS").read_text().split()
    expected = {
        name.removeprefix("multi30k/"): digest
        for digest, name in zip(listed[::2], listed[1::2], strict=False)
        if name.startswith("multi30k/")
    }
    assert expected == translate_multi30k._SHA256
