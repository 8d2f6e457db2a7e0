"""One run on several problems: mixing, going on, evaluation, decoding by name."""

import json

import contracts
import numpy as np
import pytest
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.bin import t2t_avg_all
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.training.loading import load
from t2t_lite.training.mixing import Mixing
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.train import train

PROBLEMS = ("algorithmic_identity_binary40", "algorithmic_reverse_decimal40")
SMALL = (
    "hidden_size=16,filter_size=16,num_heads=2,num_hidden_layers=1,batch_size=256,"
    "problem_choice=adaptive,problem_loss_weights=[1.0,2.0],problem_batch_sizes=[256,512]"
)


def hparams(**values):
    hp = registry.hparams("transformer_tiny")
    for name, value in values.items():
        setattr(hp, name, value)
    return hp.freeze()


def shares(mixing, steps=4000):
    return np.bincount([mixing.draw(step) for step in range(steps)], minlength=3) / steps


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [1 / 3, 1 / 3, 1 / 3]),
        ({"problem_choice": "proportional"}, [0.1, 0.2, 0.7]),
        (
            {"problem_choice": "temperature", "problem_temperature": 2.0},
            np.sqrt([0.1, 0.2, 0.7]) / np.sqrt([0.1, 0.2, 0.7]).sum(),
        ),
        ({"problem_choice": "weights", "problem_weights": [3.0, 0.0, 1.0]}, [0.75, 0.0, 0.25]),
    ],
)
def test_problems_are_drawn_as_often_as_asked(values, expected):
    mixing = Mixing(hparams(**values), [100, 200, 700], seed=5)
    np.testing.assert_allclose(mixing.probabilities(), expected, atol=1e-12)
    np.testing.assert_allclose(shares(mixing), expected, atol=0.03)
    again = Mixing(hparams(**values), [100, 200, 700], seed=5)
    assert [mixing.draw(i) for i in range(50)] == [again.draw(i) for i in range(50)]
    for step in range(30):  # A run of steps is what single draws give.
        first, count = mixing.draw_run(step, most=7)
        assert [mixing.draw(step + i) for i in range(count)] == [first] * count
        assert count == 7 or mixing.draw(step + count) != first


def test_an_adaptive_choice_prefers_what_is_learned_worst():
    mixing = Mixing(hparams(problem_choice="adaptive"), [1, 1, 1], seed=5)
    mixing.learn(0, [2.0, 1.0])
    expected = 0.9 * (0.9 * 100 + 0.1 * 2.0) + 0.1 * 1.0
    np.testing.assert_allclose(mixing.losses.numpy(), [expected, 100, 100])
    mixing.losses.assign([1.0, 2.0, 3.0])
    weights = np.exp([1.0, 2.0, 3.0])
    np.testing.assert_allclose(mixing.probabilities(), weights / weights.sum())
    assert mixing.draw_run(0, most=9)[1] == 1  # The next draw depends on this step's loss.


def test_a_list_of_another_length_is_an_error():
    with pytest.raises(T2TError, match="problem_weights has 2 numbers, but --problem names 3"):
        Mixing(hparams(problem_choice="weights", problem_weights=[1.0, 2.0]), [1, 1, 1], seed=5)


@pytest.mark.parametrize("weights", [[0.0, 0.0], [2.0, -1.0]])
def test_weights_that_are_no_shares_are_an_error(weights):
    with pytest.raises(T2TError, match="are no shares of problems"):
        Mixing(hparams(problem_choice="weights", problem_weights=weights), [1, 1], seed=5)


def test_weights_without_effect_are_an_error():
    with pytest.raises(T2TError, match="set problem_choice=weights"):
        Mixing(hparams(problem_weights=[2.0, 1.0]), [1, 1], seed=5)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    directory = tmp_path_factory.mktemp("data")
    with contracts.miniature(300):
        for name in PROBLEMS:
            registry.problem(name).generate_data(directory, "", num_workers=1)
    return directory


def start(data_dir, output_dir, train_steps, **settings):
    values = {
        "problem": ",".join(PROBLEMS),
        "model": "transformer",
        "hparams_set": "transformer_tiny",
        "hparams": SMALL,
        "local_eval_frequency": 5,
        "eval_steps": 1,
        "eval_decode_samples": 2,
        **settings,
    }
    directories = {"data_dir": str(data_dir), "output_dir": str(output_dir)}
    return train(RunConfig(train_steps=train_steps, **directories, **values))


@pytest.fixture(scope="module")
def whole(data_dir, tmp_path_factory):
    """A run of 10 steps."""
    folder = tmp_path_factory.mktemp("whole")
    start(data_dir, folder, 10)
    return folder


def weights(folder):
    reader = tf.train.load_checkpoint(str(folder / "model.ckpt-10"))
    names = [n for n in reader.get_variable_to_shape_map() if n.startswith(("model/", "opt"))]
    return {name: reader.get_tensor(name) for name in names}


def lines_of(folder, kind):
    lines = map(json.loads, (folder / "metrics.jsonl").read_text().splitlines())
    return [line for line in lines if line["kind"] == kind]


def test_a_run_that_goes_on_is_the_run_that_never_stopped(data_dir, whole, tmp_path):
    """Nor does it matter whether decoding is evaluated."""
    start(data_dir, tmp_path, 5, eval_decode_samples=0)
    start(data_dir, tmp_path, 10, eval_decode_samples=0)
    expected, found = weights(whole), weights(tmp_path)
    assert expected.keys() == found.keys()
    for name, value in expected.items():
        np.testing.assert_array_equal(found[name], value, err_msg=name)


def test_every_problem_is_evaluated_and_reported(whole):
    (evaluation,) = [line for line in lines_of(whole, "eval") if line["step"] == 10]
    losses = [evaluation[f"{name}/loss"] for name in PROBLEMS]
    assert evaluation["loss"] == pytest.approx(np.mean(losses))
    assert all(f"{name}/exact_match" in evaluation for name in PROBLEMS)
    training = lines_of(whole, "train")
    steps = [sum(line.get(f"{name}/steps", 0) for line in training) for name in PROBLEMS]
    assert sum(steps) == 10 and min(steps) > 0
    rows = (whole / "README.md").read_text().splitlines()
    for name in PROBLEMS:
        assert any(row.startswith(f"| 10 | {name} |") for row in rows)
    (command,) = [row for row in rows if "t2t-decoder" in row]
    assert "--problem=PROBLEM" in command  # without which decoding is refused


def test_decoding_names_the_problem(data_dir, whole):
    with pytest.raises(T2TError, match="was trained on 2 problems: give --problem, one of"):
        load(whole)
    with pytest.raises(T2TError, match="trained with --problem="):
        load(whole, problem="algorithmic_shift_decimal40")
    for name in PROBLEMS:
        translate = load(whole, problem=name)
        (output,) = translate(["1 0 1"])
        assert isinstance(output, str)
        assert translate.decodes == whole / "decodes" / name


def test_checkpoints_are_averaged_whole(whole, tmp_path):
    """All the model's weights, whichever problem they are of: no problem has to be named."""
    command = f"t2t-avg-all --model_dir={whole} --output_dir={tmp_path / 'avg'} --n=2"
    assert t2t_avg_all.run(command.split()) == 0
    each = [tf.train.load_checkpoint(str(whole / f"model.ckpt-{step}")) for step in (5, 10)]
    found = tf.train.load_checkpoint(str(tmp_path / "avg" / "model.ckpt-10"))
    names = [n for n in found.get_variable_to_shape_map() if n.startswith("model/")]
    assert {n for n in weights(whole) if n.startswith("model/")} == set(names)
    for name in names:
        expected = np.mean([reader.get_tensor(name) for reader in each], axis=0)
        np.testing.assert_allclose(found.get_tensor(name), expected, atol=1e-6, err_msg=name)
    for name in PROBLEMS:
        assert load(tmp_path / "avg", problem=name)(["1 0"])


class Words(text_problems.Text2TextProblem):
    """With a vocabulary of its own."""

    name = "words"
    approx_vocab_size = 300
    dataset_splits = ({"split": "train", "shards": 1}, {"split": "dev", "shards": 1})

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for i in range(200):
            yield {"inputs": f"{self.name} {i}", "targets": f"{i} {self.name}"}


class OtherWords(Words):
    name = "other_words"


def test_decoding_finds_the_vocabularies_of_all(tmp_path, monkeypatch):
    """The model is built for all problems, whichever is decoded."""
    for problem in (Words, OtherWords):
        monkeypatch.setitem(registry.problems._components, problem.name, problem)
        registry.problem(problem.name).generate_data(str(tmp_path), "", num_workers=1)
    settings = {"problem": "words,other_words", "schedule": "train", "hparams": SMALL}
    start(tmp_path, tmp_path / "run", 1, **settings)
    for problem in (Words, OtherWords):
        (output,) = load(tmp_path / "run", problem=problem.name)([f"{problem.name} 7"])
        assert isinstance(output, str)
    next(tmp_path.glob("vocab.words.*")).unlink()
    with pytest.raises(T2TError, match=r"vocab\.words\..* is not in the data directory"):
        load(tmp_path / "run", problem="other_words")


def test_schedules_evaluate_every_problem(data_dir, whole):
    values = start(data_dir, whole, 10, schedule="evaluate")
    (evaluation,) = [line for line in lines_of(whole, "eval") if line["step"] == 10]
    for name, value in values.items():
        assert value == pytest.approx(evaluation[name], rel=1e-5), name


def test_how_much_experts_are_used_is_reported(data_dir, tmp_path):
    values = start(
        data_dir,
        tmp_path,
        2,
        model="multi_model",
        hparams_set="multimodel_tiny",
        hparams=SMALL + ",moe_num_experts=4,moe_hidden_sizes=8,moe_layers=",
        eval_decode_samples=0,
    )
    shares = json.loads((tmp_path / "experts.json").read_text())
    assert shares.keys() == set(PROBLEMS)
    for name, own in shares.items():
        ((path, of_each),) = own.items()
        assert len(of_each) == 4
        assert sum(of_each) == pytest.approx(1, abs=1e-3)
        entropy = -sum(share * np.log(share) for share in of_each if share)
        assert values[f"{name}/experts/{path}"] == pytest.approx(np.exp(entropy), rel=1e-2)
        assert f"| {name} | {path} |" in (tmp_path / "README.md").read_text()


def test_a_problem_named_twice_is_an_error(data_dir, tmp_path):
    run = RunConfig(problem="a,b,a", model="transformer", hparams_set="transformer_tiny")
    run.data_dir, run.output_dir = str(data_dir), str(tmp_path)
    with pytest.raises(T2TError, match="names a more than once"):
        train(run)
