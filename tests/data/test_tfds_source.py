"""tensorflow_datasets as a source: what it prepared is read, what it cannot give is told."""

import time

import pytest
from tfds_miniature import prepare_wmt_ende

from t2t_lite.data import download, tfds_source
from t2t_lite.errors import T2TError


def test_prepared_data_is_read_in_the_same_order_each_time(tmp_path):
    pairs = [(f"Line {i}", f"Zeile {i} — ß") for i in range(40)]
    prepare_wmt_ende(tmp_path, {"train": pairs, "test": [("A test", "Ein Test")]})
    name = "wmt_t2t_translate/de-en"
    found = list(tfds_source.examples(name, "train", tmp_path, ""))
    assert sorted(found, key=str) == sorted(({"de": de, "en": en} for en, de in pairs), key=str)
    assert found == list(tfds_source.examples(name, "train", tmp_path, ""))
    expected = [{"de": "Ein Test", "en": "A test"}]
    assert list(tfds_source.examples(name, "test", tmp_path, "")) == expected
    with pytest.raises(T2TError, match="validation"):
        next(tfds_source.examples(name, "validation", tmp_path, ""))


def test_what_cannot_be_had_is_one_sentence_with_the_files_to_lay_there(tmp_path):
    with pytest.raises(T2TError) as error:
        next(tfds_source.examples("no_such_data_set", "train", tmp_path, "a.tgz, b.tgz"))
    message = str(error.value)
    assert message.startswith("tensorflow_datasets cannot give no_such_data_set (")
    assert "Lay a.tgz, b.tgz in --tmp_dir instead" in message
    assert "\n" not in message


def test_without_network_it_does_not_take_long(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "is_any_there", lambda servers: False)
    start = time.monotonic()
    with pytest.raises(T2TError) as error:
        next(tfds_source.examples("wmt14_translate/fr-en", "test", tmp_path, "dev.tgz"))
    assert time.monotonic() - start < 20
    message = str(error.value)
    assert "no answer from http://data.statmt.org, http://www.statmt.org)" in message
    assert "Lay dev.tgz in --tmp_dir" in message
    assert not list(tmp_path.iterdir())
