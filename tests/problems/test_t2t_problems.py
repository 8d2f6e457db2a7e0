"""Names, files, vocabularies and splits are those of Tensor2Tensor 1.15's own classes.

The table was written down from its sources (tensor2tensor/data_generators/*.py): vocabulary file,
or None for bytes; shards of "train" and "dev". What we have besides, such as a test split, is ours.
"""

import json

import pytest

from t2t_lite import registry

TABLE = {
    "algorithmic_math_two_variables": (None, 10, 1),
    "babi_qa_concat_all_tasks_10k": ("vocab.babi_qa_en-10k_qa0_all-tasks.tokens", 1, 1),
    "babi_qa_concat_task19_1k": ("vocab.babi_qa_en_qa19_path-finding.tokens", 1, 1),
    "languagemodel_lm1b32k": ("vocab.languagemodel_lm1b32k.32768.subwords", 100, 1),
    "languagemodel_lm1b8k": ("vocab.languagemodel_lm1b8k.8192.subwords", 100, 1),
    "languagemodel_lm1b_characters": (None, 100, 1),
    "languagemodel_ptb10k": ("vocab.lmptb.10000", 10, 1),
    "languagemodel_ptb_characters": (None, 10, 1),
    "languagemodel_wikitext103": ("vocab.languagemodel_wikitext103.tokens", 10, 1),
    "languagemodel_wikitext103_characters": (None, 10, 1),
    "multi_nli": ("vocab.multi_nli.32768.subwords", 100, 1),
    "multi_nli_characters": (None, 100, 1),
    "sentiment_imdb": ("vocab.sentiment_imdb.8192.subwords", 10, 1),
    "sentiment_imdb_characters": (None, 10, 1),
    "squad": ("vocab.squad.32768.subwords", 10, 1),
    "squad_concat": ("vocab.squad.32768.subwords", 10, 1),
    "squad_text2text": ("vocab.squad_text2text.32768.subwords", 100, 1),
    "stanford_nli": ("vocab.stanford_nli.32768.subwords", 100, 1),
    "stanford_nli_characters": (None, 100, 1),
    "summarize_cnn_dailymail32k": ("vocab.summarize_cnn_dailymail32k.32768.subwords", 100, 10),
    "translate_encs_wmt32k": ("vocab.translate_encs_wmt32k.32768.subwords", 100, 1),
    "translate_encs_wmt_characters": (None, 100, 1),
    "translate_ende_wmt32k": ("vocab.translate_ende_wmt32k.32768.subwords", 100, 1),
    "translate_ende_wmt8k": ("vocab.translate_ende_wmt8k.8192.subwords", 100, 1),
    "translate_ende_wmt_characters": (None, 100, 1),
    "translate_enes_wmt32k": ("vocab.translate_enes_wmt32k.32768.subwords", 100, 1),
    "translate_enes_wmt8k": ("vocab.translate_enes_wmt8k.8192.subwords", 100, 1),
    "translate_enes_wmt_characters": (None, 100, 1),
    "translate_enfr_wmt32k": ("vocab.translate_enfr_wmt32k.32768.subwords", 100, 1),
    "translate_enfr_wmt8k": ("vocab.translate_enfr_wmt8k.8192.subwords", 100, 1),
    "translate_enfr_wmt_characters": (None, 100, 1),
    "translate_envi_iwslt32k": ("vocab.translate_envi_iwslt32k.32768.subwords", 100, 1),
    "translate_enzh_wmt32k": ("vocab.translate_enzh_wmt32k.32768.subwords.{en,zh}", 100, 1),
    "translate_enzh_wmt8k": ("vocab.translate_enzh_wmt8k.8192.subwords.{en,zh}", 10, 1),
}


@pytest.mark.parametrize("name", TABLE)
def test_files_are_tensor2tensors(name, tmp_path):
    vocabulary, train_shards, dev_shards = TABLE[name]
    stem, _, languages = (vocabulary or "").partition("{")
    expected = {f"{stem}{end}" for end in languages.removesuffix("}").split(",")}
    for filename in expected - {""}:
        (tmp_path / filename).touch()  # else subwords would be SentencePiece's
    problem = registry.problem(name)
    assert set(problem.vocab_filepaths(str(tmp_path))) == {
        str(tmp_path / filename) for filename in expected - {""}
    }
    shards = {split["split"]: split["shards"] for split in problem.dataset_splits}
    assert (shards["train"], shards["dev"]) == (train_shards, dev_shards)
    base = name
    if name.startswith(("babi", "squad_concat")):
        base = vocabulary.split(".")[1]
    assert problem.dataset_filename() == base


def test_names_are_tensor2tensors(shared_dir):
    names = json.loads((shared_dir / "reference/t2t/names.json").read_text())["problems"]
    assert set(TABLE) <= set(names)
    assert set(TABLE) <= set(registry.problems.names())
