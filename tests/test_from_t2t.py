"""A --t2t_usr_dir written for Tensor2Tensor: what works once its imports are changed, and what the
errors say where that is not enough."""

import importlib
import json
import pathlib
import random
import re
import sys
import textwrap

import pytest

from t2t_lite import from_t2t, plugins, registry
from t2t_lite.errors import T2TError
from t2t_lite.hparams.base import HParams
from t2t_lite.models.base import build_model
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import ProblemHParams
from t2t_lite.training.evaluation import Evaluator
from t2t_lite.training.train import refuse_layers_in_body

# Indentation, properties and imports as Tensor2Tensor's own examples of plug-ins have them.
INIT = """
from . import sets
from . import verses
"""
VERSES = '''
"""Poems, learnt line by line."""
import os

from tensor2tensor.data_generators import generator_utils
from tensor2tensor.data_generators import problem
from tensor2tensor.data_generators import text_problems
from tensor2tensor.layers import modalities
from tensor2tensor.utils import metrics
from tensor2tensor.utils import registry


@registry.register_problem
class NextVerse(text_problems.Text2TextProblem):
  """Which line follows a line."""

  @property
  def approx_vocab_size(self):
    return 2**9

  @property
  def vocab_type(self):
    return text_problems.VocabType.SUBWORD

  @property
  def is_generate_per_split(self):
    return False

  @property
  def dataset_splits(self):
    return [
        {"split": problem.DatasetSplit.TRAIN, "shards": 3},
        {"split": problem.DatasetSplit.EVAL, "shards": 1},
    ]

  def generate_samples(self, data_dir, tmp_dir, dataset_split):
    del data_dir, dataset_split
    path = generator_utils.maybe_download(tmp_dir, "poems.txt", "http://localhost/poems.txt")
    last = None
    for line in text_problems.txt_line_iterator(path):
      if last and line:
        yield {"inputs": last, "targets": line}
      last = line

  def hparams(self, defaults, unused_model_hparams):
    p = defaults
    p.stop_at_eos = int(True)
    p.modality = {
        "inputs": modalities.ModalityType.SYMBOL,
        "targets": modalities.ModalityType.SYMBOL,
    }
    p.vocab_size = {name: e.vocab_size for name, e in self._encoders.items()}
    p.input_space_id = problem.SpaceID.EN_TOK
    p.target_space_id = problem.SpaceID.EN_TOK

  def eval_metrics(self):
    return [metrics.Metrics.ACC, metrics.Metrics.NEG_LOG_PERPLEXITY, metrics.Metrics.APPROX_BLEU]


@registry.register_problem("verse_rhymes")
class VerseRhymes(text_problems.Text2ClassProblem):
  """Whether a line ends in "ay"; the vocabulary comes with the data."""

  @property
  def vocab_type(self):
    return text_problems.VocabType.TOKEN

  @property
  def oov_token(self):
    return "UNK"

  @property
  def is_generate_per_split(self):
    return True

  @property
  def dataset_splits(self):
    return [{"split": problem.DatasetSplit.TRAIN, "shards": 1},
            {"split": problem.DatasetSplit.EVAL, "shards": 1}]

  @property
  def num_classes(self):
    return 2

  def class_labels(self, data_dir):
    del data_dir
    return ["no", "yes"]

  def generate_samples(self, data_dir, tmp_dir, dataset_split):
    with open(os.path.join(data_dir, self.vocab_filename), "w") as f:
      f.write("<pad>\\n<EOS>\\nday\\nway\\nUNK\\n")
    for line in text_problems.txt_line_iterator(os.path.join(tmp_dir, "poems.txt")):
      if line:
        yield {"inputs": line, "label": int(line.endswith("ay"))}
'''
SETS = """
from tensor2tensor.layers import common_hparams
from tensor2tensor.models import transformer
from tensor2tensor.utils import registry


@registry.register_hparams
def transformer_verses():
  hparams = transformer.transformer_base()
  hparams.num_hidden_layers = 1
  hparams.hidden_size = 32
  hparams.filter_size = 32
  hparams.num_heads = 2
  hparams.batch_size = 256
  hparams.max_length = 64
  hparams.kernel_height = 3
  hparams.add_hparam("rhyme", "abab")
  return hparams


@registry.register_hparams("two_layers_small")
def two_layers():
  hparams = common_hparams.basic_params1()
  hparams.hidden_size = 32
  hparams.batch_size = 256
  hparams.max_length = 64
  hparams.dropout = 0.1
  hparams.add_hparam("filter_size", 64)
  return hparams
"""
# Tensor2Tensor's way cannot work here: its layers are TensorFlow 1's.
OLD_MODEL = '''
import tensorflow as tf

from tensor2tensor.utils import registry
from tensor2tensor.utils import t2t_model


@registry.register_model
class TwoLayers(t2t_model.T2TModel):
  """Two layers on the line before, and none of what was said already."""

  def body(self, features):
    x = tf.layers.dense(features["inputs"], self.hparams.filter_size, activation=tf.nn.relu)
    return tf.layers.dense(x, self.hparams.hidden_size)
'''
NEW_MODEL = '''
import keras
from keras import ops

from tensor2tensor.utils import registry
from tensor2tensor.utils import t2t_model
from t2t_lite.layers.positions import shift_right


@registry.register_model
class TwoLayers(t2t_model.T2TModel):
  """Two layers on the mean of the line before and the last symbol."""

  def __init__(self, *args, **kwargs):
    super().__init__(*args, **kwargs)
    self.expand = keras.layers.Dense(self.hparams.filter_size, activation="relu")
    self.dropout = keras.layers.Dropout(self.hparams.dropout)
    self.contract = keras.layers.Dense(self.hparams.hidden_size)

  def body(self, features):
    is_word = ops.cast(features["inputs_raw"] != 0, "float32")[..., None]
    mean = ops.sum(features["inputs"] * is_word, axis=1, keepdims=True)
    mean = mean / ops.maximum(ops.sum(is_word, axis=1, keepdims=True), 1.0)
    x = self.expand(shift_right(features["targets"]) + mean)
    return self.contract(self.dropout(x))
'''


def poems() -> str:
    """Two hundred lines of made-up verse, with a blank one now and then."""
    rng = random.Random(3)
    words = ["the", "an", "old", "grey", "sun", "moon", "sea", "wind", "sings", "sleeps", "waits"]
    lines = []
    for number in range(200):
        end = rng.choice(["day", "way", "light", "stone"])
        lines.append(" ".join([*rng.choices(words, k=rng.randint(3, 6)), end]))
        lines += [""] * (number % 20 == 19)
    return "\n".join(lines) + "\n"


@pytest.fixture(autouse=True)
def forget():
    """What a test registers and imports is gone after it."""
    before = {kind: set(kind._components) for kind in registry.REGISTRIES}
    yield
    forget_modules()
    for kind, names in before.items():
        for name in kind._components.keys() - names - kind.builtin.keys():
            del kind._components[name]


def forget_modules() -> None:
    for name in [key for key in sys.modules if key.startswith("old_usr_dir")]:
        del sys.modules[name]


def usr_dir(tmp_path, **files) -> pathlib.Path:
    folder = tmp_path / "old_usr_dir"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return folder


def change_imports(folder: pathlib.Path) -> int:
    """Replaces each line that an error complains about by what it tells; returns how many."""
    for count in range(40):
        try:
            plugins.load(str(folder))
            return count
        except T2TError as error:
            message = str(error)
        match = re.search(r"imported: (\S+), line (\d+): .*Write (`.*`) instead\.$", message)
        assert match and message.count("\n") == 0, message
        path = pathlib.Path(match[1])
        lines = path.read_text().split("\n")
        lines[int(match[2]) - 1] = "\n".join(re.findall(r"`(.*?)`", match[3]))
        path.write_text("\n".join(lines))
    raise AssertionError("the errors have no end")


def execute(line: str) -> int:
    argv = line.split()
    return importlib.import_module("t2t_lite.bin." + argv[0].replace("-", "_")).run(argv)


@pytest.fixture
def places(tmp_path):
    (tmp_path / "poems.txt").write_text(poems())
    return f"--data_dir={tmp_path / 'data'} --tmp_dir={tmp_path}"


def test_problem_and_set_work_once_their_imports_are_changed(tmp_path, places, capsys):
    folder = usr_dir(tmp_path, __init__=INIT, verses=VERSES, sets=SETS)
    assert change_imports(folder) == 9, "one error for each import of Tensor2Tensor"
    run = tmp_path / "run"
    given = f"--t2t_usr_dir={folder} --problem=next_verse {places}"
    assert execute(f"t2t-datagen {given}") == 0
    assert len(list((tmp_path / "data").glob("next_verse-train-0000?-of-00003"))) == 3
    trainer = f"t2t-trainer {given} --model=transformer --hparams_set=transformer_verses"
    trainer += f" --output_dir={run} --train_steps=2 --eval_steps=1 --eval_decode_samples=2"
    assert execute(trainer) == 0
    assert "'kernel_height' of Tensor2Tensor has no meaning here" in capsys.readouterr().err
    hparams = json.loads((run / "hparams.json").read_text())
    assert (hparams["hidden_size"], hparams["kernel_height"], hparams["rhyme"]) == (32, 3, "abab")
    evaluation = json.loads((run / "metrics.jsonl").read_text().splitlines()[-1])
    assert {"accuracy", "neg_log_perplexity", "bleu"} <= evaluation.keys()
    source, output = tmp_path / "in", tmp_path / "out"
    source.write_text("the old sea sings\nby night\n")
    decoder = f"t2t-decoder --output_dir={run} --decode_from_file={source}"
    assert execute(f"{decoder} --decode_to_file={output} --decode_hparams=extra_length=3") == 0
    assert len(output.read_text().splitlines()) == 2


def test_a_model_works_once_its_layers_are_kerass(tmp_path, places, capsys):
    """And once its imports are changed; the set's names that no other model reads are kept."""
    init = INIT + "from . import model\n"
    folder = usr_dir(tmp_path, __init__=init, verses=VERSES, sets=SETS, model=OLD_MODEL)
    change_imports(folder)
    run = tmp_path / "run"
    given = f"--t2t_usr_dir={folder} --problem=next_verse {places} --model=two_layers"
    trainer = f"t2t-trainer {given} --hparams_set=two_layers_small --output_dir={run} "
    trainer += "--train_steps=3 --eval_steps=1 --eval_decode_samples=2"
    assert execute(f"{trainer} --generate_data") == 2
    message = capsys.readouterr().err.strip().split("\n")[-1]
    for word in ("TwoLayers cannot run", "tf.layers is TensorFlow 1's", "__init__", "keras.layers"):
        assert word in message
    forget_modules()
    (folder / "model.py").write_text(NEW_MODEL)
    change_imports(folder)
    assert execute(trainer) == 0
    assert execute(f"{trainer} --train_steps=4") == 0, "goes on with hparams of its own"
    decoder = f"t2t-decoder --output_dir={run} --decode_hparams=beam_size=1,num_samples=2"
    assert execute(decoder) == 0


def test_a_vocabulary_may_come_with_the_samples(tmp_path, places):
    folder = usr_dir(tmp_path, __init__=INIT, verses=VERSES, sets=SETS)
    change_imports(folder)
    assert execute(f"t2t-datagen --t2t_usr_dir={folder} --problem=verse_rhymes {places}") == 0
    data_dir = str(tmp_path / "data")
    encoders = registry.problem("verse_rhymes").get_feature_encoders(data_dir)
    assert encoders["inputs"].encode("a day") == [4, 2]
    assert encoders["targets"].encode("yes") == [1]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "from tensor2tensor.data_generators import problem, text_problems as tp",
            "Write `from t2t_lite.problems import base as problem` and "
            "`from t2t_lite.problems import text_problems as tp` instead.",
        ),
        (
            "from tensor2tensor.data_generators.problem import (\n    SpaceID,\n)",
            "Write `from t2t_lite.problems.base import SpaceID` instead.",
        ),
        (
            "import tensor2tensor.utils.registry as registry",
            "Write `from t2t_lite import registry` instead.",
        ),
        ("from tensor2tensor.layers import common_layers", "use keras.layers"),
        ("from tensor2tensor.data_generators.text_encoder import EOS_ID", "t2t_lite.text"),
        ("from tensor2tensor.models.research import glow", "docs/from_t2t.md"),
        ("import tensorflow as tf\nFLAGS = tf.flags.FLAGS", "tf.flags is TensorFlow 1's"),
        ("from t2t_lite import registry\nregistry.Modalities", "no Modalities; docs/from_t2t.md"),
    ],
)
def test_what_is_said_of_imports(tmp_path, statement, words):
    with pytest.raises(T2TError) as error:
        plugins.load(str(usr_dir(tmp_path, __init__=f"{statement}\n")))
    assert words in str(error.value) and "\n" not in str(error.value)


def test_an_import_inside_a_function(tmp_path):
    code = "def f():\n    from tensor2tensor.utils import registry\n"
    folder = usr_dir(tmp_path, __init__=code)
    plugins.load(str(folder))
    with pytest.raises(T2TError) as error, from_t2t.naming_the_new_way("f"):
        sys.modules["old_usr_dir"].f()
    assert f"{folder / '__init__.py'}, line 2: Write `from t2t_lite import" in str(error.value)


class Pairs(text_problems.Text2TextProblem):
    """A few numbers in words."""

    name = "pairs"
    approx_vocab_size = 300
    dataset_splits = ({"split": "train", "shards": 1}, {"split": "dev", "shards": 1})

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        return ({"inputs": f"number {i}", "targets": f"Zahl {i}"} for i in range(9))


def problem_with(code: str) -> text_problems.Text2TextProblem:
    """A problem with a method in Tensor2Tensor's way."""
    names = {"Pairs": Pairs}
    body = textwrap.indent(textwrap.dedent(code).strip(), "    ")
    exec(f"class Old(Pairs):\n    name = 'pairs'\n{body}", names)
    return names["Old"]


def use(problem_class, data_dir) -> None:
    """All that a command asks of a problem."""
    problem = problem_class()
    problem.generate_data(data_dir, "", num_workers=1)
    hparams = problem.get_hparams(HParams(), data_dir)
    from t2t_lite.data import pipeline

    next(iter(pipeline.evaluation_batches(problem, hparams, data_dir, "dev", HParams())))
    Evaluator(None, problem, data_dir, HParams(), None)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def generate_data(self, data_dir, tmp_dir, task_id=-1): pass", ["generate_samples"]),
        ("def generator(self, data_dir, tmp_dir, train): pass", ["Old.generator", "_samples"]),
        ("def generate_encoded_samples(self, d, t, s): pass", ["encode_sample"]),
        ("targeted_vocab_size = 2**13", ["approx_vocab_size"]),
        ("packed_length = 256", ["pack_dataset"]),
        (
            """
            def generate_samples(self, data_dir, tmp_dir, dataset_split):
                import tensorflow as tf
                with tf.gfile.Open("x") as f:
                    yield from f
            """,
            ["Old.generate_samples", "tf.gfile", "tf.io.gfile"],
        ),
        (
            """
            def generate_samples(self, data_dir, tmp_dir, dataset_split):
                from gutenberg_of_the_docs import acquire
            """,
            ["Old.generate_samples cannot run", "no Python module 'gutenberg_of_the_docs'"],
        ),
        (
            """
            def feature_encoders(self, data_dir):
                class WordEncoder:
                    vocab_size = 9
                return {"inputs": WordEncoder(), "targets": WordEncoder()}
            """,
            ["WordEncoder", "t2t_lite.text.encoder.TextEncoder", "vocab_size"],
        ),
        (
            """
            def preprocess_example(self, example, mode, hparams):
                import tensorflow as tf
                if mode == tf.estimator.ModeKeys.TRAIN:
                    return example
            """,
            ["Old.preprocess_example", "tf.estimator", "mode is 'train' or 'eval'"],
        ),
        (
            """
            def preprocess_example(self, example, mode, hparams):
                import tensorflow as tf
                example["targets"] = tf.to_int32(example["targets"])
                return example
            """,
            ["Old.preprocess_example", "tf.to_int32", "tf.cast"],
        ),
        (
            """
            def preprocess_example(self, example, mode, hparams):
                import tensorflow as tf
                return tf.data.Dataset.from_tensors(example)
            """,
            ["Old.preprocess_example", "one dict"],
        ),
        (
            """
            def example_reading_spec(self):
                import tensorflow as tf
                return {"inputs": tf.VarLenFeature(tf.int64)}, None
            """,
            ["Old.example_reading_spec", "tf.io.VarLenFeature"],
        ),
        (
            """
            def example_reading_spec(self):
                return super(Old, self).example_reading_spec(), {"image": "a decoder"}
            """,
            ["Old.example_reading_spec", "decoders", "preprocess_example"],
        ),
        (
            """
            def example_reading_spec(self):
                fields, decoders = super(Old, self).example_reading_spec()
                fields["context"] = 1
                return fields, decoders
            """,
            ["Old.example_reading_spec", "one dict"],
        ),
        (
            """
            def hparams(self, defaults, unused):
                defaults.input_modality = {"inputs": ("symbol:default", 9)}
            """,
            ["input_modality", "defaults.modality = "],
        ),
        ("def hparams(self, defaults, unused): defaults.stop_at_eos = False", ["always True"]),
        ("def hparams(self, defaults, unused): defaults.modalty = {}", ["'modality'"]),
        ("def hparams(self, defaults, unused): pass", ["Old.hparams", "defaults.modality = "]),
        (
            """
            def eval_metrics(self):
                from t2t_lite import metrics
                return [metrics.Metrics.ACC, metrics.Metrics.ROUGE_2_F]
            """,
            ["Old.eval_metrics", "Metrics has no ROUGE_2_F"],
        ),
        ("def eval_metrics(self): return ['approx_bleu_score']", ["'approx_bleu_score'", "bleu"]),
        ("def eval_metric_fns(self, hparams): return {}", ["eval_metrics"]),
    ],
)
def test_hooks_of_problems_that_cannot_work(tmp_path, code, words):
    with pytest.raises(T2TError) as error:
        use(problem_with(code), str(tmp_path))
    message = str(error.value)
    assert all(word in message for word in words), message
    assert "\n" not in message


@pytest.mark.parametrize(
    "code",
    [
        """
        def example_reading_spec(self):
            import tensorflow as tf
            fields = {name: tf.io.VarLenFeature(tf.int64) for name in ("inputs", "targets")}
            return fields, None
        """,
        "def preprocess_example(self, example, mode, unused_hparams): return example",
        "def eval_metrics(self): return ['accuracy']",
    ],
)
def test_hooks_of_problems_in_tensor2tensors_way(tmp_path, code):
    use(problem_with(code), str(tmp_path))


def model_with(code: str) -> None:
    """Registers the model `old`, with a method in Tensor2Tensor's way."""
    import keras
    import tensorflow as tf

    from t2t_lite.models import base

    names = {"t2t_model": base, "registry": registry, "tf": tf, "keras": keras}
    body = textwrap.indent(textwrap.dedent(code).strip(), "    ")
    exec(f"@registry.register_model\nclass Old(t2t_model.T2TModel):\n{body}", names)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "def body(self, features): return tf.layers.dense(features['targets'], 8)",
            ["tf.layers", "__init__", "keras.layers"],
        ),
        (
            "def body(self, features): return tf.compat.v1.layers.dense(features['targets'], 8)",
            ["tf.layers", "__init__", "keras.layers"],
        ),
        (
            "def body(self, features): return tf.contrib.layers.layer_norm(features['targets'])",
            ["Old", "tf.contrib"],
        ),
        (
            """
            def body(self, features):
                with tf.variable_scope("x"):
                    return features["targets"]
            """,
            ["tf.variable_scope", "__init__"],
        ),
        (
            "def body(self, features): return keras.layers.Dense(8)(features['targets'])",
            ["body of Old makes 2 new variables", "__init__"],
        ),
        (
            """
            def body(self, features):
                self.dense = keras.layers.Dense(8)
                return self.dense(features["targets"])
            """,
            ["Old", "__init__"],
        ),
        (
            "def body(self, features): return features['targets'], {'extra': 0.0}",
            ["body of Old", "self.add_loss"],
        ),
        ("def model_fn_body(self, features): pass", ["Old.model_fn_body", "call it body"]),
        ("def infer(self, features=None, **kwargs): pass", ["Old.infer", "decode_step"]),
        (
            """
            def __init__(self, hparams, mode, problem_hparams=None):
                super(Old, self).__init__(hparams, mode, problem_hparams)
            """,
            ["Old.__init__", "(self, hparams, problem_hparams)"],
        ),
    ],
)
def test_models_that_cannot_work(code, words):
    model_with(code)
    hparams = HParams()
    hparams.hidden_size = 8
    with pytest.raises(T2TError) as error:
        model = build_model("old", hparams, ProblemHParams({"targets": "symbol"}, {"targets": 9}))
        refuse_layers_in_body(model)
    message = str(error.value)
    assert all(word in message for word in words), message
    assert "\n" not in message


def test_a_name_of_no_set(tmp_path):
    @registry.register_hparams
    def old_set():
        from t2t_lite.models import transformer

        return transformer.transformer_ada_lmpackedbase()

    with pytest.raises(T2TError, match=r"'old_set' cannot run: .*docs/from_t2t\.md"):
        registry.hparams("old_set")


def test_sets_are_in_the_models_module_too():
    from t2t_lite.models import transformer

    assert transformer.transformer_tiny().hidden_size == 128
    assert transformer.transformer_tiny_tpu().optimizer == "Adafactor"


def test_imports_that_the_documentation_names():
    page = (pathlib.Path(__file__).parents[1] / "docs" / "from_t2t.md").read_text()
    rows = re.findall(
        r"^\| `from tensor2tensor\.(\S+) import (.+?)` \| (.*) \|$", page, re.MULTILINE
    )
    assert len(rows) == 12
    for package, names, new in rows:
        statements = re.findall(r"`(from t2t_lite\S* import .+?)`", new)
        for statement in statements:
            exec(statement, {})
        for name in names.split(", "):
            module = f"{package}.{name}"
            if module in from_t2t.MODULES:
                (advice, *_) = statements
                assert from_t2t._new_import(module, None) == advice
            else:
                assert f".{name}".lstrip(".") in str(from_t2t._NO_SUCH_MODULE)
