"""What a problem is: its features, its files, and how predictions are scored.

A problem yields samples for each split; `t2t_lite.data.generation` writes them to sharded files.
It names the modality of each feature but knows nothing of models. The hooks keep
Tensor2Tensor's names. No TensorFlow at import.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from typing import Any

from t2t_lite import from_t2t
from t2t_lite.data import manifest, shards
from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.text.encoder import TextEncoder

DEFAULT_SEED = 429459
"""Tensor2Tensor's, for making data."""


class DatasetSplit:
    """The usual splits, named as in the shards' file names."""

    TRAIN = "train"
    EVAL = "dev"
    TEST = "test"


class SpaceID:
    """What kind of symbols a feature holds, in Tensor2Tensor's numbers.

    A model may add an embedding of the target's number to its input.
    """

    GENERIC = 0
    IMAGE_LABEL = 1
    EN_CHR = 2
    EN_TOK = 3
    EN_BPE_TOK = 4
    FR_CHR = 5
    FR_TOK = 6
    DE_CHR = 7
    DE_TOK = 8
    DE_BPE_TOK = 9
    DIGIT_0 = 10
    DIGIT_1 = 11
    AUDIO_WAV = 12
    AUDIO_SPECTRAL = 13
    PARSE_CHR = 14
    PARSE_TOK = 15
    ZH_TOK = 16
    ICE_CHAR = 17
    ICE_TOK = 18
    ICE_PARSE_TOK = 19
    MK_TOK = 20
    CS_TOK = 21
    CS_CHR = 22
    DNA = 23
    REAL = 24
    IMAGE = 25
    PEPTIDE = 26
    PY_TOK = 27
    CPP_TOK = 28
    STROKES = 29
    PICKLED_PYTHON = 30


class ModalityType:
    """Names of modalities that a problem gives its features, as Tensor2Tensor has them."""

    SYMBOL = "symbol"
    CLASS_LABEL = "class_label"
    MULTI_LABEL = "multi_label"
    IMAGE = "image"
    REAL = "real"
    REAL_L2_LOSS = "real_l2_loss"


# What Tensor2Tensor's problems could say, and what is done here whatever they say.
_ALWAYS_SO = {"stop_at_eos": True}


class UnknownProblemHParamError(T2TError, AttributeError):
    """A problem's hparams have no such name; an AttributeError too, so that `hasattr` works."""


@dataclasses.dataclass
class ProblemHParams:
    """What a model must know of a problem.

    `modality` and `vocab_size` are per feature; a vocabulary size of None says that the feature
    is not made of symbols. `shape` is that of one example of a feature that is no sequence. Another
    name is a `T2TError` at once.

    `loss_multiplier` weighs the problem's loss among those of others that are trained with it.
    `members` and `vocabulary` are those of such a mixture (`problems.mixture`): its problems, and
    what tells the vocabularies of their features apart.
    """

    modality: dict[str, str] = dataclasses.field(default_factory=dict)
    vocab_size: dict[str, int | None] = dataclasses.field(default_factory=dict)
    shape: dict[str, tuple[int, ...]] = dataclasses.field(default_factory=dict)
    input_space_id: int = SpaceID.GENERIC
    target_space_id: int = SpaceID.GENERIC
    batch_size_multiplier: int = 1
    loss_multiplier: float = 1.0
    was_reversed: bool = False
    was_copy: bool = False
    members: list[ProblemHParams] = dataclasses.field(default_factory=list)
    vocabulary: dict[str, str] = dataclasses.field(default_factory=dict)

    def each(self) -> list[ProblemHParams]:
        """Those of every problem of a mixture, or these of the one problem."""
        return self.members or [self]

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _ALWAYS_SO and value == _ALWAYS_SO[name]:
            return
        if name not in self.__dataclass_fields__:
            raise self._unknown(name)
        object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        # Only called if there is no such attribute. Python itself asks for the private ones.
        if name.startswith("_"):
            raise AttributeError(name)
        raise self._unknown(name)

    def _unknown(self, name: str) -> UnknownProblemHParamError:
        names = list(self.__dataclass_fields__)
        text = f"A problem's hparams have no {name}.{did_you_mean(name, names)}"
        if name in ("input_modality", "target_modality"):
            text += (
                " Write defaults.modality = {'inputs': 'symbol', 'targets': 'symbol'}, and the "
                "sizes of the vocabularies in defaults.vocab_size, in the same way."
            )
        elif name in _ALWAYS_SO:
            text += f" It is always {_ALWAYS_SO[name]}; leave it out."
        else:
            text += f" There are {', '.join(names)}."
        return UnknownProblemHParamError(text)


def splits(train: int = 10, dev: int = 1, **others: int) -> tuple[dict[str, Any], ...]:
    """`dataset_splits` from the number of files of each: `splits(train=100, test=1)`."""
    shards = {DatasetSplit.TRAIN: train, DatasetSplit.EVAL: dev, **others}
    return tuple({"split": split, "shards": count} for split, count in shards.items())


class Problem:
    """Base of all problems; a subclass overrides what differs.

    Every hook below may be overridden by a method, a property or a plain class attribute, as
    fits: `dataset_splits = [...]` is as good as a property of that name.
    """

    name = ""  # set by the registry
    seed = DEFAULT_SEED  # set by generate_data; for generators with their own randomness

    dataset_splits: Any = splits()
    """Splits and the number of files of each. Any further name will do: "test_2017"."""

    validation_split: Any = DatasetSplit.EVAL
    """The split that chooses the best checkpoint while training."""

    extra_length: Any = 0
    """How many ids longer than their inputs outputs may be at least, unless people say otherwise:
    for problems whose targets are much longer."""

    source_folder: Any = ""
    """Name of the folder in --tmp_dir where the original files may be, so that several problems can
    have theirs side by side; without one they are in --tmp_dir itself."""

    draws_random_numbers: Any = False
    """Whether `preprocess_example` wants a `random_seed`."""

    is_generate_per_split: Any = True
    """True: `generate_samples` is called for each split. False: it is called once, and its
    samples are dealt at random to all splits, in proportion to their number of shards."""

    def __init__(self, was_reversed: bool = False, was_copy: bool = False):
        """`was_reversed` swaps inputs and targets; `was_copy` then makes targets the inputs."""
        if "seed" not in inspect.signature(self.generate_data).parameters:
            raise T2TError(
                f"{type(self).__name__}.generate_data is written for Tensor2Tensor: define "
                "generate_samples instead, and encode_sample if it does not yield what is written."
            )
        from_t2t.refuse_old_hooks(type(self), from_t2t.PROBLEM_HOOKS)
        self.was_reversed = was_reversed
        self.was_copy = was_copy
        self._encoders: Any = None  # feature -> encoder
        self._encoders_data_dir: str | None = None

    # Making the data.

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        """Yields the samples of one split, always the same ones for the same `self.seed`.

        Python's and NumPy's global random generators are seeded before each call.
        """
        raise T2TError(f"{type(self).__name__} must define generate_samples.")

    def encode_sample(self, sample: dict) -> dict[str, Any]:
        """What is written for a sample: feature -> list of ints, floats or bytes (or an array).

        Runs in several processes; here `self._encoders` holds the encoders. The default writes
        the sample as it is.
        """
        return sample

    def keep_example(self, example: dict[str, Any], dataset_split: str) -> bool:
        """Whether an encoded sample is written; the number of those left out is reported."""
        return True

    def build_vocabularies(self, data_dir: str, tmp_dir: str) -> None:
        """Writes the vocabulary files that are not yet in `data_dir`, if the problem has any.

        Called once, before samples are encoded.
        """

    def vocab_filepaths(self, data_dir: str) -> list[str]:
        """The vocabulary files that the data depends on."""
        return []

    def manifest_extras(self) -> dict[str, Any]:
        """More to be written to the manifest, such as the version of a source. JSON types."""
        return {}

    def generate_data(
        self,
        data_dir: str,
        tmp_dir: str,
        num_workers: int | None = None,
        seed: int = DEFAULT_SEED,
        overwrite: bool = False,
    ) -> None:
        """Writes vocabularies, shards and manifest to `data_dir`; does nothing if all is there.

        What is written depends on `seed`, never on `num_workers` (None: one per core). An
        interrupted run leaves nothing that looks complete, and the next one carries on from it.
        `overwrite` replaces complete data, but keeps the vocabularies.

        Raises:
          T2TError: sources missing or malformed, other data under this name, disk full.
        """
        from t2t_lite.data import generation

        generation.generate(self, data_dir, tmp_dir, num_workers, seed, overwrite)

    # Finding the data.

    def dataset_filename(self) -> str:
        """First part of the shards' names; problems that share data return the same."""
        return self.name

    def filepaths(self, data_dir: str, split: str) -> list[str]:
        """The shards of a split, in order; T2TError if there are none or some are missing."""
        return shards.find(data_dir, self.dataset_filename(), split, self.name)

    def split_names(self) -> list[str]:
        """Names of the splits, in the order of `dataset_splits`."""
        return [split["split"] for split in self.dataset_splits]

    # Reading the data.

    def feature_encoders(self, data_dir: str) -> dict[str, Any]:
        """The encoder of each feature that people read; a hook, see `get_feature_encoders`."""
        from t2t_lite.text.integer_encoder import IntegerEncoder

        return {"inputs": IntegerEncoder(), "targets": IntegerEncoder()}

    def get_feature_encoders(self, data_dir: str) -> dict[str, Any]:
        """The encoders, loaded once, with `_rev` and `_copy` applied.

        Raises:
          T2TError: a vocabulary file is missing, or is not the one the data was made with.
        """
        data_dir = str(data_dir)
        if self._encoders is None or self._encoders_data_dir != data_dir:
            manifest.check_vocabularies(
                data_dir, self.dataset_filename(), self.vocab_filepaths(data_dir)
            )
            encoders = self.feature_encoders(data_dir)
            for name, encoder in encoders.items():
                if not isinstance(encoder, TextEncoder):
                    raise T2TError(
                        f"{type(self).__name__}.feature_encoders gives a {type(encoder).__name__} "
                        f"for '{name}'; derive it from t2t_lite.text.encoder.TextEncoder, with "
                        "encode, decode and vocab_size."
                    )
            self._encoders = encoders
            self._encoders_data_dir = data_dir
        return self.maybe_reverse_and_copy(self._encoders)

    def forget_encoders(self) -> None:
        """The vocabularies may have changed."""
        self._encoders = None

    def example_reading_spec(self) -> dict[str, Any]:
        """Feature -> how `tf.io.parse_example` reads it from the files, before `_rev`; a hook."""
        import tensorflow as tf

        return {"inputs": tf.io.VarLenFeature(tf.int64), "targets": tf.io.VarLenFeature(tf.int64)}

    def get_reading_spec(self) -> dict[str, Any]:
        """The `example_reading_spec`; Tensor2Tensor's way to write it, (spec, None), will do.

        Raises:
          T2TError: it gives decoders, or expects some from `super()`.
        """
        where = f"{type(self).__name__}.example_reading_spec"
        advice = "It gives, and super() gives, one dict here; decode in preprocess_example."
        try:
            with from_t2t.naming_the_new_way(where):
                spec: Any = self.example_reading_spec()
        except (TypeError, ValueError) as error:
            raise T2TError(f"{where} fails ({error}). {advice}") from error
        fields, decoders = spec if isinstance(spec, tuple) else (spec, None)
        if decoders or not isinstance(fields, dict):
            found = "decoders" if decoders else f"a {type(fields).__name__}"
            raise T2TError(f"{where} gives {found}. {advice}")
        return fields

    def decode_example(self, example: dict) -> dict:
        """A hook: features as the files have them -> as they are in a batch; before `_rev`."""
        return example

    def preprocess_example(self, example: dict, mode: str, hparams) -> dict:
        """A hook on each example (dict of TensorFlow tensors, graph mode); before batching.

        `mode` is "train" or "eval". If `draws_random_numbers`, while training there is an
        `example["random_seed"]`, int32 `[2]`, another one for each example and each time it is
        read, for tf.random.stateless_… and tf.image.stateless_…. With other random numbers a run
        would not go on as if it had never stopped.
        """
        return example

    def example_to_show(self, example: dict[str, Any]) -> dict[str, Any]:
        """A hook: what people see of an example of the files (feature -> list); ids stay ids."""
        return example

    def maybe_reverse_and_copy(self, features: dict[str, Any]) -> dict[str, Any]:
        """Applies `_rev` and `_copy` to a dict keyed by feature; returns a new dict."""
        features = dict(features)
        if self.was_reversed and "inputs" in features:
            features["inputs"], features["targets"] = features["targets"], features["inputs"]
        if self.was_copy and "inputs" in features:
            features["targets"] = features["inputs"]
        return features

    # What models and metrics must know.

    def hparams(self, defaults: ProblemHParams, model_hparams) -> None:
        """A hook: changes `defaults` in place. `self._encoders` is loaded by then."""
        defaults.modality = dict.fromkeys(self._encoders, "symbol")
        defaults.vocab_size = {key: e.vocab_size for key, e in self._encoders.items()}

    def get_hparams(self, model_hparams=None, data_dir: str = "") -> ProblemHParams:
        """The problem's hyperparameters, with `_rev` and `_copy` applied."""
        self.get_feature_encoders(data_dir)
        hp = ProblemHParams()
        with from_t2t.naming_the_new_way(f"{type(self).__name__}.hparams"):
            self.hparams(hp, model_hparams)
        if "targets" not in hp.modality:
            raise T2TError(
                f"{type(self).__name__}.hparams gives no modality for the targets: in it, write "
                "defaults.modality = {'inputs': 'symbol', 'targets': 'symbol'}."
            )
        hp.was_reversed, hp.was_copy = self.was_reversed, self.was_copy
        hp.modality = self.maybe_reverse_and_copy(hp.modality)
        hp.vocab_size = self.maybe_reverse_and_copy(hp.vocab_size)
        if hp.shape:
            hp.shape = self.maybe_reverse_and_copy(dict.fromkeys(hp.modality, (1,)) | hp.shape)
        spaces = self.maybe_reverse_and_copy(
            {"inputs": hp.input_space_id, "targets": hp.target_space_id}
        )
        hp.input_space_id, hp.target_space_id = spaces["inputs"], spaces["targets"]
        if model_hparams is not None and model_hparams.prepend_mode != "none":
            self._prepend_inputs(hp)
        return hp

    def _prepend_inputs(self, hp: ProblemHParams) -> None:
        """The model sees one sequence: inputs, a padding, targets."""
        if hp.vocab_size.get("inputs") != hp.vocab_size["targets"]:
            raise T2TError(
                f"prepend_mode needs inputs and targets of one vocabulary; {self.name} has none."
            )
        del hp.modality["inputs"], hp.vocab_size["inputs"]

    def eval_metrics(self) -> list[str]:
        """Names of metrics, teacher-forced ("accuracy") or on decoded text ("bleu")."""
        return ["accuracy", "accuracy_top5", "accuracy_per_sequence", "neg_log_perplexity"]

    def __repr__(self) -> str:
        suffix = "_rev" * self.was_reversed + "_copy" * self.was_copy
        return f"<{type(self).__name__} '{self.name}{suffix}'>"
