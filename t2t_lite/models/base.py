"""The contract of a model: bottom, body, top; encode and one decoding step."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Iterator
from typing import Any

import keras
from keras import ops

from t2t_lite import from_t2t, registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.convolution import not_padding
from t2t_lite.modalities.base import build_modalities

Features = dict[str, Any]


class T2TModel(keras.Model):
    """A tensor-to-tensor model. A new architecture is its `body`.

        @registry.register_model
        class MyModel(T2TModel):
          \"\"\"What it is, and the paper.\"\"\"

          def __init__(self, hparams, problem_hparams):
            super().__init__(hparams, problem_hparams)
            self.dense = keras.layers.Dense(hparams.hidden_size)

          def body(self, features, training=False):
            return self.dense(shift_right(features["targets"]))

    The body gets embedded features `[batch, length, hidden]` under their names, the raw
    ones under `inputs_raw`, `targets_raw`, which positions are padding, `[batch, length]` bool,
    under `inputs_padding`, `targets_padding`, and a number that says what is to be made,
    `target_space_id`. A picture is a sequence of patches; a model that sets `takes_pixels` gets it
    as it is, `[batch, height, width, channels]`.

    For an autoregressive model the output at position i must depend on no target from i on: use
    `layers.positions.shift_right`. A body that does not ask for `training` may leave it out; Keras
    tells its layers.

    Decoding works for any body by computing it anew for every symbol. A model that can do better
    overrides `encode`, `init_cache` and `decode_step`.

    A model of several problems has one body and the modalities of each problem. `__init__` sees
    what there is in all of them; whatever runs later runs for one, `on_problem`: then
    `problem_hparams`, `modalities`, `has_inputs` and `is_autoregressive` are those of that one.
    """

    name = ""  # Set by the registry; Keras replaces it on instances.
    default_hparams_set = ""  # The set that suits the model, for `t2t-list` and the tests.
    takes_pixels = False  # Whether the body wants pictures as they are, not as a sequence.
    keeps_attention = False  # Set to True, the caches of decoding hold what `attention_of` gives.

    def __init__(self, hparams, problem_hparams, body_width: int | None = None):
        """`body_width`: of what the body puts out; None: hidden_size."""
        super().__init__(name=type(self).__name__.lower())
        self.hparams = hparams
        self._of_all = problem_hparams
        self.all_modalities = build_modalities(problem_hparams, hparams, body_width)
        self._problem: int | None = None  # which is being worked on

    def build(self, *_):
        self.built = True  # The parts make their own weights when they are first called.

    @contextlib.contextmanager
    def on_problem(self, index: int | None) -> Iterator[None]:
        """A block in which the model works on one of its problems; see `models.views`."""
        before, self._problem = self._problem, index
        try:
            yield
        finally:
            self._problem = before

    @property
    def problem_hparams(self):
        """Of the problem that is worked on; else of all together (`problems.mixture.union`)."""
        return self._of_all if self._problem is None else self._of_all.each()[self._problem]

    @property
    def modalities(self) -> dict:
        """The modality of each feature of the problem that is worked on; else of the first."""
        return self.all_modalities[self._problem or 0]

    def create_variables(self) -> None:
        """Makes all weights, by a pass over one tiny example of each problem."""
        for index in range(len(self.all_modalities)):
            with self.on_problem(index):
                self(self.example())

    def example(self) -> Features:
        """A batch of one tiny example; pictures are of the problem's size."""
        shapes = self.problem_hparams.shape
        return {
            name: ops.ones((1, *shapes.get(name, (2,))), modality.feature_dtype)
            for name, modality in self.modalities.items()
        }

    @property
    def has_inputs(self) -> bool:
        """Whether the problem has an `inputs` feature besides its targets."""
        return "inputs" in self.problem_hparams.modality

    @property
    def is_autoregressive(self) -> bool:
        """Whether the targets are a sequence, made symbol by symbol."""
        return self.problem_hparams.modality["targets"] == "symbol"

    def body(self, features: Features, training: bool = False):
        """Embedded features -> `[batch, length, hidden]`."""
        raise NotImplementedError(f"{type(self).__name__} has no body.")

    def bottom(self, features: Features, training: bool = False) -> Features:
        """Replaces NAME by its embedding, and adds `NAME_raw` and `NAME_padding`, for every feature
        with a modality."""
        embedded = dict(features)
        space = self.problem_hparams.target_space_id
        embedded["target_space_id"] = ops.convert_to_tensor(space, "int32")
        for name, modality in self.modalities.items():
            if name in features:
                raw = features[name]
                bottom = modality.pixels if self.takes_pixels else modality.bottom
                embedded[f"{name}_raw"] = raw
                embedded[f"{name}_padding"] = modality.padding(raw)
                embedded[name] = bottom(raw, training=training)
        return embedded

    def top(self, body_output):
        """The body's output -> logits of the targets."""
        return self.modalities["targets"].top(body_output)

    def call(self, features: Features, training: bool = False, with_top: bool = True):
        """Raw features -> logits `[batch, length, vocab]`, given the true targets before each.

        Not `with_top`: the body's output.
        """
        embedded = self.bottom(features, training)
        if "training" in inspect.signature(self.body).parameters:
            output = self.body(embedded, training=training)
        else:
            output = self.body(embedded)
        if isinstance(output, tuple):
            raise T2TError(
                f"The body of {type(self).__name__} gives a tuple. Let it give its output alone, "
                "and add further losses by self.add_loss(loss)."
            )
        return self.top(output) if with_top else output

    def training_loss(self, features: Features):
        """What is minimised, before division by `loss_divisor`: a float32 scalar."""
        if type(self).top is not T2TModel.top:
            return self.loss_sum(self(features, training=True), features)
        output = self(features, training=True, with_top=False)
        loss_sum = self.modalities["targets"].loss_sum
        return sum(loss_sum(output, *part) for part in self.loss_parts(features))

    def loss_weights(self, features: Features):
        """How much each target counts: `[batch, length]` float32, 0 at padding."""
        targets = features["targets"]
        weights = self.modalities["targets"].target_weights(targets)
        if self.hparams.prepend_mode != "none":  # Only what follows the inputs' closing padding.
            paddings_before = ops.cumsum(ops.cast(targets == 0, "float32"), axis=1)
            weights = weights * ops.cast(paddings_before > 0, "float32")
        return weights

    def loss_divisor(self, features: Features):
        """By what the training divides the sum of losses: a float32 scalar that adds up over the
        parts of a batch. Here the sum of `loss_weights`."""
        return ops.sum(self.loss_weights(features))

    def loss_sum(self, logits, features: Features):
        """The losses of all targets, weighted and summed: a float32 scalar."""
        target_losses = self.modalities["targets"].target_losses
        parts = self.loss_parts(features)
        return sum(ops.sum(target_losses(logits, targets) * w) for targets, w in parts)

    def loss_parts(self, features: Features) -> list[tuple]:
        """Pairs of targets and their weights, over which losses are summed.

        There is one; or two where `data.augmentation.mixup` mixed examples.
        """
        targets, weights = features["targets"], self.loss_weights(features)
        if "targets_partner" not in features:
            return [(targets, weights)]
        share = features["targets_share"][:, None]
        partner = features["targets_partner"]
        return [(targets, weights * share), (partner, weights * (1.0 - share))]

    # Decoding. This default asks nothing of the body, and costs a full pass per symbol.

    def encode(self, features: Features) -> Features:
        """What the inputs tell, computed once: a nested dict with leading dimension batch."""
        return {name: features[name] for name in ("inputs",) if name in features}

    def init_cache(self, encoded, rows, max_length) -> Features:
        """The state before the first symbol: a nested dict with leading dimension rows."""
        return {"targets": ops.zeros((rows, max_length), "int32")}

    def decode_step(self, ids, position, cache, encoded):
        """Logits of the symbol at `position`.

        Args:
          ids: `[rows]`, the symbols at `position - 1` (anything at position 0).
          position: int32 scalar, from 0.
          cache: of `init_cache` or the step before.
          encoded: of `encode`, with leading dimension batch; rows = batch * beam, beams inside.
        Returns:
          logits `[rows, vocab]` float32, and the cache for the next step.
        """
        targets = cache["targets"]  # [rows, max_length]
        is_previous = ops.arange(ops.shape(targets)[1]) == position - 1
        targets = ops.where(is_previous, ops.cast(ids, "int32")[:, None], targets)
        features = {name: repeat_beams(value, targets) for name, value in encoded.items()}
        # A placeholder keeps the position itself from looking like padding.
        is_current = ops.arange(ops.shape(targets)[1]) == position
        features["targets"] = ops.where(is_current, 1, targets)
        logits = self(features, training=False)
        return ops.cast(ops.take(logits, position, axis=1), "float32"), {"targets": targets}

    def attention_of(self, cache):
        """Where the last symbol looked, from the cache of its step: `[rows, inputs]`, sum 1.

        Raises:
          T2TError: the model has no such attention.
        """
        raise T2TError(
            f"The model '{type(self).name}' has no attention to its inputs that decoding could use."
        )

    # What the steps of models with caches have in common.

    def embed_previous(self, ids, position):
        """The symbols `[rows]` before `position`, embedded: `[rows, 1, hidden]`.

        Before the first symbol stand zeros, as `shift_right` puts them.
        """
        started = ops.cast(position > 0, "int32")
        return self.modalities["targets"].bottom(ops.cast(ids, "int32")[:, None] * started)

    def top_of_step(self, body_output):
        """The body's output at one position, `[rows, 1, hidden]` -> logits `[rows, vocab]`."""
        return ops.cast(self.modalities["targets"].top(body_output)[:, 0], "float32")


def repeat_beams(x, rows_like):
    """`[batch, ...]` -> `[rows, ...]`: each sentence once per beam, side by side."""
    batch, rows = ops.shape(x)[0], ops.shape(rows_like)[0]
    repeated = ops.broadcast_to(
        ops.expand_dims(x, 1), (batch, rows // batch, *ops.shape(x)[1:])
    )  # [batch, beam, ...]
    return ops.reshape(repeated, (rows, *ops.shape(x)[1:]))


def mean_of_symbols(x, is_padding):
    """`[batch, length, hidden]` -> `[batch, 1, hidden]`: the mean over what is not padding.

    Tensor2Tensor's mean counts padding, so that a prediction depends on its batch.
    """
    is_symbol = not_padding(is_padding, x.dtype)
    total = ops.sum(x * is_symbol, axis=1, keepdims=True)
    return total / ops.maximum(ops.sum(is_symbol, axis=1, keepdims=True), 1.0)


def require_inputs(model: T2TModel) -> None:
    """For models that make no sense without inputs."""
    if not all("inputs" in own.modality for own in model.problem_hparams.each()):
        raise T2TError(
            f"The model '{type(model).name}' needs a problem with inputs; "
            "for a language model choose --model=transformer."
        )


def require_sequences(model: T2TModel, instead: str = "transformer_encoder") -> None:
    """For models that make sequences, symbol by symbol; `instead` names one that makes classes."""
    for own in model.problem_hparams.each():
        if own.modality["targets"] != "symbol":
            raise T2TError(
                f"The model '{type(model).name}' makes sequences, but the problem's targets are of "
                f"kind '{own.modality['targets']}'; choose --model={instead}."
            )


def require_classes(model: T2TModel, instead: str) -> None:
    """For models that make no sequences; `instead` names one that does."""
    if model.is_autoregressive:
        raise T2TError(
            f"The model '{type(model).name}' makes classes, but the problem's targets are "
            f"sequences; choose --model={instead}."
        )


def require_no_ctc(model: T2TModel) -> None:
    """For models that do not put out a vector for each position of the inputs."""
    if any(own.modality["targets"] == "ctc_symbol" for own in model.problem_hparams.each()):
        raise T2TError(
            f"The model '{type(model).name}' does not read symbols off the inputs' positions, as "
            "sequence_loss=ctc asks; choose --model=transformer_encoder or multi_model, or set "
            "sequence_loss=cross_entropy."
        )


def has_real_targets(problem_hparams) -> bool:
    """Whether the targets are vectors of numbers; each is foretold from those before it."""
    return problem_hparams.modality["targets"].startswith("real")


def require_one_vector(model: T2TModel) -> None:
    """For models that of vectors of numbers make one alone, from inputs."""
    several = [own for own in model.problem_hparams.each() if has_real_targets(own)]
    if any(own.shape["targets"][0] > 1 or "inputs" not in own.modality for own in several):
        raise T2TError(
            f"The model '{type(model).name}' makes one vector of numbers, from inputs; the "
            "problem's targets are several, or it has no inputs. Choose --model=transformer."
        )


def require_one_problem(model: T2TModel, hparam: str) -> None:
    """For what a model has for one problem alone, if `hparam` is not 0."""
    if len(model.problem_hparams.each()) > 1:
        raise T2TError(
            f"In the model '{type(model).name}' several problems cannot share what {hparam} asks "
            f"for; set {hparam}=0."
        )


def require_unpacked(model: T2TModel) -> None:
    """For models in which neighbouring positions mix, whichever example they belong to."""
    if model.hparams.pack_dataset:
        raise T2TError(
            f"In the model '{type(model).name}' several examples cannot share a row; leave "
            "pack_dataset false."
        )


def build_model(name: str, hparams, problem_hparams) -> T2TModel:
    """The model called `name` with all its weights made, from frozen hparams.

    Raises:
      T2TError: it is written for Tensor2Tensor, in a way that cannot work here.
    """
    model_class = registry.model(name)
    from_t2t.refuse_old_hooks(model_class, from_t2t.MODEL_HOOKS)
    if "mode" in inspect.signature(model_class.__init__).parameters:
        raise T2TError(
            f"{model_class.__name__}.__init__ has Tensor2Tensor's arguments; here they are "
            "(self, hparams, problem_hparams), and body is told whether it is training."
        )
    with from_t2t.naming_the_new_way(model_class.__name__):
        model = model_class(hparams, problem_hparams)
        model.create_variables()
    return model
