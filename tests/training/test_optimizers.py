"""Optimizers against six updates that Tensor2Tensor made, and against their definitions."""

import keras
import numpy as np
import pytest
from image_problem import image_hparams

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.hparams import transformer
from t2t_lite.hparams.base import HParams
from t2t_lite.training import optimizers, train
from t2t_lite.training.run_config import RunConfig


def updates(opt, start, gradients):
    """The variables' values after each update: a list of lists of arrays."""
    variables = [keras.Variable(value) for value in start]
    result = []
    for gradient in gradients:
        opt.apply([keras.ops.convert_to_tensor(g) for g in gradient], variables)
        result.append([variable.numpy() for variable in variables])
    return result


@pytest.mark.parametrize("name", ["adam", "true_adam", "multistep_adam", "adafactor"])
def test_equals_tensor2tensor(fixtures, name):
    data = np.load(fixtures / "optimizers.npz")
    hp = transformer.transformer_base()
    hp.optimizer = name
    gradients = [[data[f"grad{n}_w"], data[f"grad{n}_b"]] for n in range(1, 7)]
    ours = updates(optimizers.optimizer(0.05, hp), [data["init_w"], data["init_b"]], gradients)
    name = name if name == "adafactor" else "adam"
    for step, (w, b) in enumerate(ours, start=1):
        np.testing.assert_allclose(w, data[f"{name}_step{step}_w"], atol=1e-5)
        np.testing.assert_allclose(b, data[f"{name}_step{step}_b"], atol=1e-5)


def one_weight(name, gradients, **values):
    """What one weight that starts at 1 becomes, update by update, at the rate 0.1."""
    hp = HParams()
    hp.override_from_dict({"optimizer": name, **values})
    opt = optimizers.optimizer(0.1, hp)
    steps = updates(opt, [np.ones(1, "float32")], [[np.float32([g])] for g in gradients])
    return [float(step[0][0]) for step in steps]


def test_sgd():
    assert one_weight("sgd", [1, 2]) == pytest.approx([0.9, 0.7])


def test_momentum():
    plain = one_weight("Momentum", [1, 2], optimizer_momentum_momentum=0.5)
    assert plain == pytest.approx([1 - 0.1, 1 - 0.1 - 0.1 * (2 + 0.5)])
    nesterov = one_weight(
        "momentum", [1, 2], optimizer_momentum_momentum=0.5, optimizer_momentum_nesterov=True
    )
    assert nesterov == pytest.approx([1 - 0.15, 1 - 0.15 - 0.1 * (2 + 0.5 * 2.5)])


def test_adagrad():
    first = 1 - 0.1 / np.sqrt(0.1 + 1)
    assert one_weight("adagrad", [1, 2]) == pytest.approx([first, first - 0.2 / np.sqrt(5.1)])


def test_rms_prop():
    """TensorFlow 1's equations, by hand: the mean square starts from 1."""
    first = 1 - 0.1 / np.sqrt(0.9 + 0.1)
    second = first - 0.2 / np.sqrt(0.9 * 1.0 + 0.1 * 4)
    assert one_weight("RMSProp", [1, 2]) == pytest.approx([first, second])


def test_rms_prop_with_the_constants_of_inception():
    values = {"decay": 0.8, "momentum": 0.9, "epsilon": 1.0}
    values = {f"optimizer_rms_prop_{name}": value for name, value in values.items()}
    found = one_weight("rms_prop", [1, 2, -1], **values)
    weight, mean_square, update, expected = 1.0, 1.0, 0.0, []
    for gradient in (1, 2, -1):
        mean_square = 0.8 * mean_square + 0.2 * gradient**2
        update = 0.9 * update + 0.1 * gradient / np.sqrt(mean_square + 1.0)
        weight -= update
        expected.append(weight)
    assert found == pytest.approx(expected)


def test_lion_moves_by_the_rate():
    assert one_weight("lion", [1, 2, 0.001]) == pytest.approx([0.9, 0.8, 0.7])


@pytest.mark.parametrize("name", ["adam", "adam_w"])
def test_fused_adam_is_keras_adam(name):
    """Over more updates than Tensor2Tensor's six, and with every constant another than usual."""
    values = {
        "optimizer": name,
        "optimizer_adam_beta1": 0.7,
        "optimizer_adam_beta2": 0.9,
        "optimizer_adam_epsilon": 0.01,
        "weight_decay": 0.1,
    }
    hp = HParams()
    hp.override_from_dict(values)
    adam_of_keras = {
        "adam": keras.optimizers.Adam(0.1, 0.7, 0.9, 0.01),
        "adam_w": keras.optimizers.AdamW(0.1, 0.1, 0.7, 0.9, 0.01),
    }
    rng = np.random.default_rng(3)
    start = [rng.normal(size=shape).astype("float32") for shape in [(3, 4), (5,)]]
    gradients = [[rng.normal(size=w.shape).astype("float32") for w in start] for _ in range(30)]
    ours = updates(optimizers.optimizer(0.1, hp), start, gradients)
    theirs = updates(adam_of_keras[name], start, gradients)
    for our_step, their_step in zip(ours, theirs, strict=True):
        for w, expected in zip(our_step, their_step, strict=True):
            np.testing.assert_allclose(w, expected, rtol=1e-5, atol=1e-6)


def test_adam_w_is_adam_and_decay():
    adam = one_weight("adam", [1])[0]
    decayed = one_weight("AdamW", [1], weight_decay=0.5)[0]
    assert adam - decayed == pytest.approx(0.1 * 0.5)


def test_adam_w_decays_matrices_at_the_rate_of_their_layer():
    """Not what is excepted, nor scales and shifts; without a gradient nothing else happens."""
    hparams = registry.hparams("resnet_cifar_15")
    hparams.parse(
        "optimizer=adam_w,weight_decay=0.5,weight_decay_exclude=logits/,layer_sizes=[1],"
        "filter_sizes=[4,6],learning_rate_schedule=constant,learning_rate_constant=0.1"
    )
    hparams.learning_rate_multipliers = "first/:0.25"
    run = RunConfig(model="resnet", train_steps=10)
    model, optimizer = train.build(run, hparams.freeze(), image_hparams(size=8))
    before = {weight.path: np.asarray(weight) for weight in model.trainable_variables}
    zeros = [np.zeros(weight.shape, "float32") for weight in model.trainable_variables]
    optimizer.apply(zeros, model.trainable_variables)
    seen = set()
    for weight in model.trainable_variables:
        factor = 0.25 if "first/" in weight.path else 1.0
        is_spared = "logits/" in weight.path or len(weight.shape) < 2
        share = 0.0 if is_spared else 0.5 * 0.1 * factor
        expected = before[weight.path] * (1 - share)
        np.testing.assert_allclose(weight, expected, rtol=1e-6, err_msg=weight.path)
        seen.add(share)
    assert len(seen) == 3


def test_takes_a_schedule():
    from t2t_lite.training.schedules import learning_rate_schedule

    hp = HParams()
    hp.parse("optimizer=sgd,learning_rate_schedule=linear_warmup,learning_rate_warmup_steps=4")
    opt = optimizers.optimizer(learning_rate_schedule(hp), hp)
    steps = updates(opt, [np.zeros(1, "float32")], [[np.float32([1])]] * 4)
    np.testing.assert_allclose([s[0][0] for s in steps], [0, -0.25, -0.75, -1.5], atol=1e-6)


def test_unknown_name_is_answered_with_the_nearest():
    hp = HParams()
    hp.optimizer = "adafacter"
    with pytest.raises(T2TError, match="adafactor"):
        optimizers.optimizer(0.1, hp)
