"""Pictures, classes and labels at the bottom and the top of a model."""

import keras
import numpy as np
import pytest
from contracts import random_batch, run_model_test
from keras import ops

from t2t_lite import metrics, registry
from t2t_lite.errors import T2TError
from t2t_lite.layers import image_stems
from t2t_lite.models.base import T2TModel, build_model
from t2t_lite.problems.base import ProblemHParams

PICTURES = ProblemHParams(
    {"inputs": "image", "targets": "class_label"},
    {"inputs": 256, "targets": 5},
    {"inputs": (6, 9, 3)},
)
LABELS = ProblemHParams(
    {"inputs": "image", "targets": "multi_label"},
    {"inputs": 256, "targets": 5},
    {"inputs": (6, 9, 3), "targets": (5,)},
)
CAPTIONS = ProblemHParams(
    {"inputs": "image", "targets": "symbol"},
    {"inputs": 256, "targets": 11},
    {"inputs": (6, 9, 3), "targets": (1,)},
)
VECTORS = ProblemHParams(
    {"inputs": "real", "targets": "real"},
    {"inputs": 2, "targets": 3},
    {"inputs": (5, 2), "targets": (4, 3)},
)
SMALL = "hidden_size=16,num_hidden_layers=1"


def small(hparams_set="transformer_patches_tiny", more=""):
    hparams = registry.hparams(hparams_set)
    hparams.parse(f"{SMALL}{more}")
    return hparams


@pytest.mark.parametrize("problem_hparams", [PICTURES, LABELS])
def test_transformer_on_patches(problem_hparams):
    run_model_test("transformer_encoder", small(more=",num_heads=2"), problem_hparams)


def test_transformer_describes_pictures():
    run_model_test("transformer", small(more=",num_heads=2"), CAPTIONS)


@pytest.mark.parametrize(
    ("model", "hparams_set"),
    [("slice_net", "slicenet_1tiny"), ("lstm_seq2seq_attention", "lstm_attention")],
)
def test_others_describe_pictures_too(model, hparams_set):
    """The first step with the cache gives the logits of a full pass."""
    keras.utils.set_random_seed(1)
    built = build_model(model, small(hparams_set).freeze(), CAPTIONS)
    batch = random_batch(CAPTIONS)
    expected = np.asarray(built(batch))[:, 0]
    encoded = built.encode({"inputs": batch["inputs"]})
    cache = built.init_cache(encoded, 3, 4)
    logits, _ = built.decode_step(np.zeros(3, np.int32), np.int32(0), cache, encoded)
    np.testing.assert_allclose(logits, expected, atol=1e-5)


def test_transformer_foretells_vectors():
    run_model_test("transformer", small("transformer_timeseries", ",num_heads=2"), VECTORS)


def test_no_vector_is_foretold_from_later_ones():
    model = build_model("transformer", small(more=",num_heads=2").freeze(), VECTORS)
    batch = random_batch(VECTORS)
    other = {**batch, "targets": batch["targets"].copy()}
    other["targets"][:, 2] += 1
    before, after = np.asarray(model(batch)), np.asarray(model(other))
    np.testing.assert_allclose(before[:, :3], after[:, :3], atol=1e-5)
    assert np.abs(before[:, 3] - after[:, 3]).min() > 1e-5


def test_loss_of_vectors_is_the_mean_square():
    """Tensor2Tensor's: the sum over all numbers, of any value, by their number."""
    model = build_model("transformer", small(more=",num_heads=2").freeze(), VECTORS)
    batch = random_batch(VECTORS)
    batch["targets"][0] = 0
    found = model.loss_sum(model(batch), batch) / model.loss_divisor(batch)
    expected = np.mean((np.asarray(model(batch)) - batch["targets"]) ** 2)
    assert float(model.loss_divisor(batch)) == batch["targets"].size
    np.testing.assert_allclose(found, expected, rtol=1e-5)
    total, weight = metrics.TEACHER_FORCED["mean_squared_error"](model(batch), batch["targets"])
    np.testing.assert_allclose(total / weight, expected, rtol=1e-5)


def test_one_vector_is_not_several():
    with pytest.raises(T2TError, match="makes one vector"):
        build_model("transformer_encoder", small(more=",num_heads=2").freeze(), VECTORS)


@pytest.mark.parametrize(
    ("model", "hparams_set"), [("lstm_encoder", "lstm_seq2seq"), ("slice_net", "slicenet_1tiny")]
)
def test_other_bodies_take_patches_too(model, hparams_set):
    keras.utils.set_random_seed(1)
    built = build_model(model, small(hparams_set).freeze(), PICTURES)
    batch = random_batch(PICTURES)
    logits = np.asarray(built(batch))
    assert logits.shape == (3, 1, 5)
    changed = {**batch, "inputs": np.flip(batch["inputs"], 0)}
    np.testing.assert_allclose(np.asarray(built(changed)), np.flip(logits, 0), atol=1e-5)


def test_patches_are_rows_of_squares():
    hparams = small(more=",patch_size=4").freeze()
    bottom = registry.modality("image")(hparams, 256, is_target=False)
    picture = np.random.default_rng(0).normal(size=(2, 6, 9, 3)).astype(np.float32)
    found = np.asarray(bottom.bottom(picture))
    kernel, bias = (np.asarray(w) for w in bottom.projection.weights)
    padded = np.pad(picture, [(0, 0), (0, 2), (0, 3), (0, 0)])
    expected = [
        padded[:, y : y + 4, x : x + 4].reshape(2, -1) @ kernel + bias
        for y in (0, 4)
        for x in (0, 4, 8)
    ]
    np.testing.assert_allclose(found, np.stack(expected, 1), atol=1e-4)
    is_padding = np.asarray(bottom.padding(picture))
    assert is_padding.shape == (2, 6) and not is_padding.any()


def test_a_black_picture_is_no_padding():
    model = build_model("transformer_encoder", small(more=",num_heads=2").freeze(), PICTURES)
    batch = random_batch(PICTURES)
    black = {**batch, "inputs": np.zeros_like(batch["inputs"])}
    assert np.isfinite(np.asarray(model(black))).all()
    embedded = model.bottom(black)
    assert not np.asarray(embedded["inputs_padding"]).any()


class Pixels(T2TModel):
    """Sees the pixels."""

    name = "pixels"
    takes_pixels = True

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams, body_width=4)
        self.conv = keras.layers.Conv2D(4, 3)
        self.seen = []

    def body(self, features, training=False):
        self.seen.append(features["inputs"])
        return self.conv(features["inputs"])


def test_a_body_can_take_pixels():
    model = Pixels(small().freeze(), PICTURES)
    model.create_variables()
    batch = random_batch(PICTURES)
    logits = model(batch)
    np.testing.assert_array_equal(np.asarray(model.seen[-1]), batch["inputs"])
    assert logits.shape == (3, 1, 5)
    assert not any("patches" in v.path for v in model.variables)
    mean = ops.mean(model.conv(batch["inputs"]), axis=(1, 2))
    kernel, bias = model.modalities["targets"].logits.weights
    np.testing.assert_allclose(logits[:, 0], ops.matmul(mean, kernel) + bias, atol=1e-5)


def test_class_label_takes_any_number_of_axes():
    top = registry.modality("class_label")(small().freeze(), 5)
    x = np.random.default_rng(0).normal(size=(2, 3, 4, 16)).astype(np.float32)
    expected = np.asarray(top.top(x.mean((1, 2))))
    assert expected.shape == (2, 1, 5)
    for same in (x, x.reshape(2, 12, 16), x.mean((1, 2))[:, None]):
        np.testing.assert_allclose(np.asarray(top.top(same)), expected, atol=1e-5)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_loss_of_several_labels(smoothing):
    hparams = small(more=f",label_smoothing={smoothing}").freeze()
    modality = registry.modality("multi_label")(hparams, 5)
    rng = np.random.default_rng(0)
    logits, targets = rng.normal(size=(4, 5)) * 3, rng.integers(2, size=(4, 5))
    soft = np.where(targets, 1 - smoothing / 2, smoothing / 2)
    p = 1 / (1 + np.exp(-logits))
    entropy = -soft * np.log(soft + 1e-30) - (1 - soft) * np.log(1 - soft + 1e-30)
    expected = -soft * np.log(p) - (1 - soft) * np.log(1 - p) - entropy
    found = modality.target_losses(logits.astype(np.float32), targets)
    np.testing.assert_allclose(np.asarray(found), expected, atol=1e-5)


def test_mixed_examples_have_the_loss_of_both_labels():
    hparams = small(more=",num_heads=2,layer_prepostprocess_dropout=0,attention_dropout=0").freeze()
    model = build_model("transformer_encoder", hparams, PICTURES)
    batch = random_batch(PICTURES)
    share = np.array([0.25, 1.0, 0.5], np.float32)
    other = (batch["targets"] + 2) % 5
    mixed = {**batch, "targets_partner": other, "targets_share": share}
    per_class = np.asarray(ops.log_softmax(model(batch)[:, 0]))

    def loss(targets):
        low = hparams.label_smoothing / 4
        soft = np.where(np.arange(5) == targets, 1 - hparams.label_smoothing, low)
        return -(soft * per_class).sum(1) + (soft * np.log(soft)).sum(1)

    expected = (share * loss(batch["targets"]) + (1 - share) * loss(other)).sum()
    relu_dropout_is_off = model.loss_sum(model(batch), mixed)
    np.testing.assert_allclose(float(relu_dropout_is_off), expected, rtol=1e-4)
    assert float(model.loss_divisor(mixed)) == 3.0


def test_a_block_over_a_picture_wants_a_square():
    block = image_stems.ClassBlock(small())
    assert block(np.zeros((2, 9, 16), np.float32)).shape == (2, 1, 16)
    with pytest.raises(T2TError, match=r"12 positions .* class_label_top=mean"):
        block(np.zeros((2, 12, 16), np.float32))


def test_a_block_over_a_sequence_is_what_its_equation_says():
    """Every fourth position of: two separable convolutions of 5 and a maximum of 5, and x itself
    projected; whatever padding follows."""
    keras.utils.set_random_seed(3)
    block = image_stems.SequenceClassBlock(small())
    x = np.random.default_rng(0).normal(size=(2, 11, 16)).astype(np.float32)
    padding = np.arange(11) >= np.array([[11], [6]])
    found, found_padding = block(x, padding)
    assert np.asarray(found_padding).tolist() == [[False] * 3, [False, False, True]]
    for row, length in enumerate((11, 6)):
        expected = _sequence_block(block.block, x[row, :length])
        np.testing.assert_allclose(found[row, : len(expected)], expected, atol=1e-5)
        assert not np.asarray(found[row, len(expected) :]).any()


def _sequence_block(layer, x):
    """In NumPy: `[length, hidden]` -> `[⌈length / 4⌉, hidden]`; outside there are zeros."""
    length, y = len(x), x
    for depthwise, pointwise, norm in zip(
        layer.depthwise, layer.pointwise, layer.norms, strict=False
    ):
        kernel = np.asarray(depthwise.kernel)[:, 0, :, 0]
        padded = np.pad(np.maximum(y, 0), [(2, 2), (0, 0)])
        y = sum(padded[tap : tap + length] * kernel[tap] for tap in range(5))
        y = _normed(y @ np.asarray(pointwise.kernel), norm)
    padded = np.pad(y, [(2, 2), (0, 0)])
    most = [padded[i : i + 5].max(axis=0) for i in range(0, length, 4)]
    shortcut = np.maximum(x[::4], 0) @ np.asarray(layer.shortcut.kernel)
    return np.maximum(np.array(most) + _normed(shortcut, layer.norms[2]), 0)


def _normed(x, norm):
    """Layer normalisation as it begins, with scale 1 and bias 0."""
    return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + norm.epsilon)
