"""A recurrent model that Tensor2Tensor trained gives Tensor2Tensor's own numbers."""

import json
import shutil

import numpy as np
import pytest
from t2t_files import TranslateMulti30k, write_checkpoint

import t2t_lite
from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams
from t2t_lite.text.encoder import until_eos
from t2t_lite.training import t2t_checkpoint, t2t_directory

assert TranslateMulti30k  # The problem of the directory.
DECODING = "alpha=0.6,extra_length=20"


@pytest.fixture
def t2t(shared_dir):
    return shared_dir / "reference/t2t"


@pytest.fixture
def outputs(t2t):
    return np.load(t2t / "lstm_outputs.npz")


@pytest.fixture
def translate(t2t):
    """With any number of beams."""

    def load(beam_size, train_dir=t2t / "lstm_train_dir"):
        settings = f"beam_size={beam_size},{DECODING}"
        return t2t_lite.load(train_dir, settings, data_dir=str(t2t / "data_dir"))

    return load


def test_logits(translate, outputs):
    batch = {name: outputs[name][:2] for name in ("inputs", "targets")}
    logits = np.asarray(translate(1).model(batch))
    for row, targets in enumerate(batch["targets"]):
        length = np.count_nonzero(targets)
        np.testing.assert_allclose(
            logits[row, :length], outputs["logits2"][row, :length], atol=1e-3
        )


def test_padding_takes_part_in_attention_as_there(translate, outputs):
    """So the width of a batch matters; else the numbers above would say nothing about it."""
    model = translate(1).model
    assert not model.hparams.attention_mask_padding
    wide, narrow = (
        {"inputs": outputs["inputs"][:2, :width], "targets": outputs["targets"][:2]}
        for width in (32, 12)
    )
    assert np.abs(np.asarray(model(wide)) - np.asarray(model(narrow)))[:, 0].max() > 1e-3


@pytest.mark.parametrize(("beams", "expected"), [(1, "greedy_ids"), (4, "beam4_ids")])
def test_decoding(translate, outputs, beams, expected):
    generator = translate(beams).decoder._generator
    limits = np.full(12, 32 + 20, np.int32)
    ids, scores = generator.generate({"inputs": outputs["inputs"][:12]}, limits)
    for row in range(12):
        wanted = outputs[expected][row] if beams == 1 else outputs[expected][row, 0]
        assert until_eos(ids[row, 0].tolist()) == until_eos(wanted.tolist())
    if beams > 1:
        np.testing.assert_allclose(scores, outputs["beam4_scores"], atol=1e-3)


def test_an_imported_run_says_the_same(t2t, translate, tmp_path):
    data_dir, run = str(t2t / "data_dir"), str(tmp_path / "run")
    assert t2t_directory.import_run(str(t2t / "lstm_train_dir"), run, data_dir=data_dir) == 300
    source = ["A dog runs.", "Two men are talking."]
    imported = t2t_lite.load(run, f"beam_size=4,{DECODING}")
    assert imported(source) == translate(4)(source)
    assert not imported.model.hparams.attention_mask_padding


def test_attention_to_areas_is_refused(t2t, tmp_path):
    folder = tmp_path / "t2t"
    shutil.copytree(t2t / "lstm_train_dir", folder)
    path = folder / "hparams.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "max_area_width": 2}))
    with pytest.raises(T2TError, match="max_area_width"):
        t2t_directory.read(str(folder), data_dir=str(t2t / "data_dir"))


# The other models, under the names that Tensor2Tensor's source gives their variables.

SIZES = {"inputs": 11, "targets": 13}
H, A = 4, 3
CASES = {
    "lstm_seq2seq": ("lstm_seq2seq", "", "lstm_seq2seq", 1, H),
    "lstm_seq2seq_bidirectional_encoder": (
        "lstm_seq2seq",
        "",
        "lstm_seq2seq_bid_encoder",
        2,
        2 * H,
    ),
    "lstm_seq2seq_attention_bidirectional_encoder": (
        "lstm_bahdanau_attention_multi",
        "num_heads=2",
        "lstm_seq2seq_attention_bid_encoder",
        2,
        2 * H,
    ),
}


def variables_of(name, scope, directions, width):
    """Name -> shape in a checkpoint of one layer."""
    top = f"{name}/body/{scope}"
    heads = 2 if "attention" in name else 0
    shapes = {f"{name}/symbol_modality_11_{H}/input_emb/weights_0": (11, H)}
    shapes[f"{name}/symbol_modality_13_{H}/target_emb/weights_0"] = (13, H)
    shapes[f"{name}/symbol_modality_13_{H}/softmax/weights_0"] = (13, width)
    cell = "multi_rnn_cell/cell_0/lstm_cell"
    encoders = ["bidirectional_rnn/fw", "bidirectional_rnn/bw"] if directions == 2 else ["rnn"]
    for encoder in encoders:
        shapes[f"{top}/encoder/{encoder}/{cell}/kernel"] = (2 * H, 4 * H)
        shapes[f"{top}/encoder/{encoder}/{cell}/bias"] = (4 * H,)
    wrapper = "attention_wrapper/" if heads else ""
    fed = heads * A
    shapes[f"{top}/decoder/rnn/{wrapper}{cell}/kernel"] = (H + fed + width, 4 * width)
    shapes[f"{top}/decoder/rnn/{wrapper}{cell}/bias"] = (4 * width,)
    if heads:
        shapes[f"{top}/memory_layer/kernel"] = (width, width)
        shapes[f"{top}/decoder/dense/kernel"] = (fed, width)
        shapes[f"{top}/decoder/dense/bias"] = (width,)
        attention = f"{top}/decoder/rnn/attention_wrapper"
        shapes[f"{attention}/bahdanau_attention/query_layer/kernel"] = (width, width)
        for number in ("", "_1"):
            shapes[f"{attention}/attention_layer{number}/kernel"] = (2 * width, A)
            shapes[f"{attention}/bahdanau_attention{number}/attention_v"] = (width,)
    return shapes


@pytest.mark.parametrize("name", CASES)
def test_variables_of_the_other_models(name, tmp_path):
    hparams_set, overrides, scope, directions, width = CASES[name]
    hparams = registry.hparams(hparams_set)
    hparams.parse(f"hidden_size={H},attention_layer_size={A},num_hidden_layers=1")
    hparams.parse(overrides)
    problem_hparams = ProblemHParams(dict.fromkeys(SIZES, "symbol"), SIZES)
    model = build_model(name, hparams.freeze(), problem_hparams)
    rng = np.random.default_rng(0)
    values = {
        variable: rng.normal(size=shape).astype(np.float32)
        for variable, shape in variables_of(name, scope, directions, width).items()
    }
    path = tmp_path / "model.ckpt-1"
    write_checkpoint(path, values)
    t2t_checkpoint.restore(model, str(path))
    layer = model.decoder.layers.cells[0] if width and "attention" in name else None
    cell = layer or model.decoder.stack.layers[0].cell
    theirs = next(v for k, v in values.items() if "decoder" in k and k.endswith("lstm_cell/kernel"))
    ours = np.concatenate([cell.kernel_known, cell.kernel_later])
    np.testing.assert_array_equal(ours, theirs)
