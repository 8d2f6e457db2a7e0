"""Hyperparameters: a typed dataclass per model family; no TensorFlow in here.

A family declares its fields, each with the sentence that is also its help:

    class WaveHParams(HParams):
        num_waves: int = hparam(3, "how many waves a block adds", minimum=1)

and a named set is a registered function that derives from another one:

    @registry.register_hparams
    def wave_large():
        hp = wave_base()
        hp.num_waves = 12
        return hp
"""

from __future__ import annotations

import copy
import dataclasses
import json
import typing
from collections.abc import Mapping
from typing import Any, ClassVar

from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.hparams import kinds, t2t_names
from t2t_lite.hparams.audio import AudioFields
from t2t_lite.hparams.fields import hparam


class UnknownHParamError(T2TError, AttributeError):
    """No hyperparameter has this name; an AttributeError too, so that `hasattr` works."""


@dataclasses.dataclass(eq=False, kw_only=True)
class HParams(AudioFields):
    """What every model family has in common: batching, optimizer, schedule, regularisation.

    The values are those of Tensor2Tensor's `basic_params1`. Subclasses become dataclasses
    by deriving. While a set function runs the object can be changed; every assignment is
    checked: an unknown name or a value of another type is a `T2TError` at once. An int is
    taken where a float is declared, and a float where an int is declared if it is integral
    (`1e4`). A name that only Tensor2Tensor had is added, since a plug-in's model may read it.
    `freeze()` ends all change; `copy()` gives a changeable copy.
    """

    # Batching
    batch_size: int = hparam(
        4096, "tokens (sequences) or examples (images) per replica and step", minimum=1
    )
    max_length: int = hparam(
        0, "training drops examples longer than this; 0: than batch_size", minimum=0
    )
    min_length: int = hparam(0, "training drops examples shorter than this", minimum=0)
    min_length_bucket: int = hparam(8, "length of the shortest bucket", minimum=1)
    length_bucket_step: float = hparam(1.1, "ratio of the lengths of neighbouring buckets")
    eval_drop_long_sequences: bool = hparam(
        False, "evaluation drops examples longer than max_length, too"
    )
    max_input_seq_length: int = hparam(0, "inputs are cut to this length; 0: never")
    max_target_seq_length: int = hparam(0, "targets are cut to this length; 0: never")
    pack_dataset: bool = hparam(False, "several short examples share one row of the batch")
    prepend_mode: str = hparam(
        "none",
        "none, prepend_inputs_masked_attention or prepend_inputs_full_attention: "
        "train a language model on inputs followed by targets",
        choices=("none", "prepend_inputs_masked_attention", "prepend_inputs_full_attention"),
    )

    # Optimizer
    optimizer: str = hparam("adam", "name of a registered optimizer")
    optimizer_adam_beta1: float = hparam(0.85, "decay of Adam's mean of the gradient")
    optimizer_adam_beta2: float = hparam(0.997, "decay of Adam's mean of the squared gradient")
    optimizer_adam_epsilon: float = hparam(1e-6, "added to Adam's denominator")
    optimizer_adafactor_clipping_threshold: float = hparam(
        1.0, "Adafactor scales updates down to this root mean square"
    )
    optimizer_adafactor_memory_exponent: float = hparam(
        0.8, "Adafactor's second moment decays by 1 - step ** -exponent"
    )
    optimizer_momentum_momentum: float = hparam(0.9, "share of the last update that is kept")
    optimizer_momentum_nesterov: bool = hparam(False, "Nesterov's momentum")
    optimizer_rms_prop_decay: float = hparam(
        0.9, "decay of RMSProp's mean of the squared gradient", minimum=0, maximum=1
    )
    optimizer_rms_prop_momentum: float = hparam(0.0, "share of RMSProp's last update that is kept")
    optimizer_rms_prop_epsilon: float = hparam(
        1e-10, "added to RMSProp's mean of the squared gradient", minimum=0
    )
    optimizer_multistep_accumulate_steps: int = hparam(
        0, "batches whose gradients are added up before an update; 0 or 1: none", minimum=0
    )
    clip_grad_norm: float = hparam(
        2.0, "gradients are scaled down to this global norm; 0: never", minimum=0
    )
    grad_noise_scale: float = hparam(0.0, "scale of the noise added to gradients", minimum=0)
    weight_decay: float = hparam(
        1e-6,
        "times half the sum of all squared matrices and kernels, added to the loss; with adam_w "
        "the share of each that a step takes away, times the learning rate",
    )
    weight_decay_exclude: str = hparam(
        "", "regular expression; weights in whose path it is found do not decay"
    )
    moving_average_decay: float = hparam(
        0.0,
        "decay of the moving average of weights, with which is evaluated and decoded; 0: none",
        minimum=0,
        maximum=1,
    )

    # Learning rate (t2t_lite/training/schedules.py)
    learning_rate: float = hparam(0.1, "factor of the schedule 'legacy'")
    learning_rate_schedule: str = hparam(
        "legacy", "'legacy', or factors with * between: constant*linear_warmup*rsqrt_decay"
    )
    learning_rate_constant: float = hparam(1.0, "the factor 'constant'")
    learning_rate_warmup_steps: int = hparam(100, "steps of growing learning rate", minimum=0)
    learning_rate_decay_scheme: str = hparam(
        "none",
        "decay of the schedule 'legacy': none, noam, exp, cosine, sqrt, cyclelinear10x; exp10k, "
        "exp50k, exp500k: over the last so many steps",
    )
    learning_rate_decay_rate: float = hparam(1.0, "factor per learning_rate_decay_steps of 'exp'")
    learning_rate_decay_steps: int = hparam(5000, "steps of one exponential decay", minimum=1)
    learning_rate_decay_staircase: bool = hparam(False, "exponential decay goes down in stairs")
    learning_rate_cosine_cycle_steps: int = hparam(250000, "steps of half a cosine", minimum=1)
    learning_rate_minimum: float | None = hparam(None, "the learning rate never falls below")
    learning_rate_multipliers: str = hparam(
        "",
        "'REGEX:FACTOR; ...': weights in whose path a regular expression is found learn at so many "
        "times the rate; the first one counts, and factor 0 freezes",
    )
    learning_rate_restart_step: int = hparam(
        0,
        "if > 0, the update at which the optimizer began anew: from there the rate rises once more",
        minimum=0,
    )

    # Several problems (t2t_lite/training/mixing.py, tasks.py)
    problem_choice: str = hparam(
        "uniform",
        "how each step's problem is drawn: uniform; proportional to its examples, or to their "
        "number ** (1 / problem_temperature); by problem_weights; adaptive, to exp(running loss)",
        choices=("uniform", "proportional", "temperature", "weights", "adaptive"),
    )
    problem_temperature: float = hparam(
        5.0, "1: proportional; the higher, the more alike", minimum=1
    )
    problem_weights: list[float] = hparam(  # noqa: RUF009
        [], "how often each problem is drawn, in proportion"
    )
    problem_batch_sizes: list[int] = hparam(  # noqa: RUF009
        [],
        "batch_size of each problem; none given: batch_size, of which an example without "
        "sequences is 8 tokens",
    )
    problem_loss_weights: list[float] = hparam(  # noqa: RUF009
        [], "weight of each problem's loss; none given: what the problems say"
    )

    # Regularisation
    label_smoothing: float = hparam(
        0.1, "probability spread evenly over the wrong labels", minimum=0, maximum=1
    )
    symbol_dropout: float = hparam(
        0.0, "probability that a symbol is replaced by padding", minimum=0, maximum=1
    )
    layer_prepostprocess_dropout: float = hparam(
        0.1, "dropout 'd' of the pre- and postprocess sequences", minimum=0, maximum=1
    )
    layer_prepostprocess_dropout_broadcast_dims: str = hparam(
        "", "comma-separated axes along which that dropout's mask is the same"
    )

    # Network
    hidden_size: int = hparam(64, "width of the network", minimum=1)
    num_hidden_layers: int = hparam(4, "how many layers (blocks)", minimum=0)
    layer_preprocess_sequence: str = hparam(
        "none", "before a layer: n normalises, d drops out; none: nothing"
    )
    layer_postprocess_sequence: str = hparam(
        "dan", "after a layer: d drops out, a adds the layer's input, n normalises"
    )
    norm_type: str = hparam("layer", "what 'n' is: layer, noam, none")
    norm_epsilon: float = hparam(1e-6, "added to the variance by 'n'", minimum=0)
    initializer: str = hparam(
        "orthogonal",
        "orthogonal, uniform, normal_unit_scaling, uniform_unit_scaling, xavier, truncated_normal",
    )
    initializer_gain: float = hparam(1.5, "factor of the initializer")

    # Symbols
    multiply_embedding_mode: str = hparam(
        "sqrt_depth",
        "sqrt_depth: embeddings are multiplied by sqrt(hidden_size); none",
        choices=("sqrt_depth", "none"),
    )
    shared_embedding: bool = hparam(False, "inputs and targets share one embedding")
    shared_embedding_and_softmax_weights: bool = hparam(
        False, "inputs, targets and the softmax share one matrix"
    )
    vocab_divisor: int = hparam(1, "the vocabulary is padded to a multiple of this", minimum=1)

    # Pictures (t2t_lite/modalities, t2t_lite/data/augmentation.py)
    image_bottom: str = hparam(
        "patches",
        "how a picture becomes a sequence: patches, or convolutions: small, for each pixel, or "
        "large, for squares of 16 x 16 pixels",
        choices=("patches", "small", "large"),
    )
    class_label_top: str = hparam(
        "mean",
        "before the logits: the mean over positions; block: a residual block first, where a model "
        "puts out all positions (multi_model)",
        choices=("mean", "block"),
    )
    image_size: int = hparam(
        0, "height and width that pictures are brought to; 0: the problem's", minimum=0
    )
    image_augmentation: str = hparam(
        "problem",
        "how pictures are changed at random while training: none, shift, cifar, inception, resnet; "
        "problem: as the problem says",
        choices=("problem", "none", "shift", "cifar", "inception", "resnet"),
    )
    image_normalization: str = hparam(
        "problem",
        "none: values from 0 to 255; standardize: mean 0 and deviation 1 in each picture; unit: "
        "from -1 to 1; imagenet: by the mean and deviation of its colours; problem: as it says",
        choices=("problem", "none", "standardize", "unit", "imagenet"),
    )
    random_erasing: float = hparam(
        0.0, "probability that a rectangle of a picture becomes noise", minimum=0, maximum=1
    )
    mixup_alpha: float = hparam(
        0.0, "pictures are mixed in pairs, with shares from Beta(alpha, alpha); 0: not", minimum=0
    )
    patch_size: int = hparam(
        4, "height and width of the patches as which models of sequences see pictures", minimum=1
    )

    # Decoding
    sampling_method: str = hparam(
        "argmax", "argmax, or random: draw from the distribution", choices=("argmax", "random")
    )
    sampling_temp: float = hparam(1.0, "temperature of sampling", minimum=0)
    sampling_keep_top_k: int = hparam(-1, "sample from the k best only; -1: from all")

    _kinds: ClassVar[dict[str, kinds.Kind]]
    _frozen: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        dataclasses.dataclass(eq=False, kw_only=True)(cls)
        cls._kinds = _read_kinds(cls)

    def __setattr__(self, name: str, value: Any) -> None:
        if self._frozen:
            raise T2TError(
                f"The hparams are frozen, so '{name}' cannot be changed any more; change it in "
                "the hparams set or by --hparams, or in a copy()."
            )
        if name in self._kinds:
            object.__setattr__(self, name, self._checked(name, value))
        elif name in t2t_names.NAMES:
            t2t_names.notice(name, value)  # Raises if the value would change what is trained.
            self.add_hparam(name, value)
        else:
            raise self._unknown(name)

    def __getattr__(self, name: str) -> Any:
        # Only called if there is no such attribute. Python itself asks for the private ones.
        if name.startswith("_"):
            raise AttributeError(name)
        raise self._unknown(name)

    def __contains__(self, name: str) -> bool:
        return name in self._kinds

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.values() == other.values()

    def _checked(self, name: str, value: Any) -> Any:
        return kinds.checked(f"The hparam '{name}'", value, self._kinds[name])

    def _unknown(self, name: str) -> UnknownHParamError:
        if name in t2t_names.NAMES:
            return UnknownHParamError(
                f"Tensor2Tensor's hparam '{name}' has no meaning for {type(self).__name__}, and "
                f"the set gives it no value; if your model reads it, write hp.{name} = ... there."
            )
        return UnknownHParamError(
            f"There is no hparam '{name}' in {type(self).__name__}."
            f"{did_you_mean(name, self._kinds)} A new one is declared by hp.add_hparam."
        )

    def add_hparam(self, name: str, value: Any) -> None:
        """Declares a new hyperparameter of this object; its type is the value's."""
        if name in self._kinds or hasattr(type(self), name) or not name.isidentifier():
            raise T2TError(
                f"'{name}' cannot be added to {type(self).__name__}: "
                + ("it is no valid name." if not name.isidentifier() else "the name is taken.")
            )
        if not self._frozen:
            kind = kinds.kind_of_value(name, value)
            kinds.checked(f"The hparam '{name}'", value, kind)
            object.__setattr__(self, "_kinds", {**self._kinds, name: kind})
        setattr(self, name, value)

    def set_hparam(self, name: str, value: Any) -> None:
        """Same as an assignment, for a name that is not known before the program runs."""
        setattr(self, name, value)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of `name`, or `default` if there is no such hyperparameter."""
        return getattr(self, name) if name in self._kinds else default

    def of_t2t_alone(self) -> dict[str, Any]:
        """The values that were added under a name that Tensor2Tensor had."""
        names = self._kinds.keys() - type(self)._kinds.keys()
        return {name: getattr(self, name) for name in sorted(names & t2t_names.NAMES)}

    def help_text(self, name: str) -> str:
        """The one-line help of a declared hyperparameter; '' for an added one."""
        fields = {field.name: field for field in dataclasses.fields(type(self))}
        return fields[name].metadata["help"] if name in fields else ""

    def values(self) -> dict[str, Any]:
        """Name -> value, in the order of declaration."""
        return {name: copy.copy(getattr(self, name)) for name in self._kinds}

    to_dict = values

    def diff(self, other: HParams) -> dict[str, tuple[Any, Any]]:
        """Name -> (our value, the other's) where they differ; None where a name is absent."""
        names = dict.fromkeys([*self._kinds, *other._kinds])
        pairs = {name: (self.get(name), other.get(name)) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def freeze(self) -> HParams:
        """Forbids every further change; returns the object itself."""
        object.__setattr__(self, "_frozen", True)
        return self

    def copy(self) -> HParams:
        """An equal object that can be changed."""
        result = copy.deepcopy(self)
        object.__setattr__(result, "_frozen", False)
        return result

    def to_json(self) -> str:
        """The values as a JSON object."""
        return json.dumps(self.values(), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> HParams:
        """An object from `to_json`'s text; see `from_dict`."""
        return cls.from_dict(json.loads(text))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> HParams:
        """An object from `values()`.

        Names that the class does not declare are added, as `add_hparam` had added them.
        """
        result = cls()
        for name, value in values.items():
            if name not in result:
                result.add_hparam(name, value)
        result.override_from_dict(values)
        return result

    def override_from_dict(self, values: Mapping[str, Any]) -> list[str]:
        """Sets what `values` gives; all or nothing.

        Returns one sentence to print for each name that Tensor2Tensor had and that has no
        meaning here. Raises T2TError for an unknown name, a value of a wrong type, and a name
        without meaning whose value would have changed what is trained.
        """
        notices = []
        checked = {}
        for name, value in values.items():
            if name in self._kinds:
                checked[name] = self._checked(name, value)
            elif name in t2t_names.NAMES:
                notices.append(t2t_names.notice(name, value))
            else:
                raise self._unknown(name)
        for name, value in checked.items():
            setattr(self, name, value)
        return notices

    def parse(self, text: str) -> list[str]:
        """Overrides values by Tensor2Tensor's syntax: `batch_size=1024,sizes=[1,2],use_x=true`.

        `name[i]=v` changes one element of a list. A string that contains a comma or a bracket
        stands in double quotes. `none` is None where a field permits it. Returns notices, and
        raises T2TError, as `override_from_dict` does.
        """
        values: dict[str, Any] = {}
        for name, index, value in kinds.assignments(text):
            kind = self._kinds.get(name)
            value = kinds.from_text(name, value, kind) if kind else value
            if index is not None:
                value = self._with_element(name, index, value, values)
            elif name in values:
                raise T2TError(f"The hparam '{name}' is given twice in '{text}'.")
            values[name] = value
        return self.override_from_dict(values)

    def _with_element(self, name: str, index: int, value: Any, values: dict) -> Any:
        """The list `name` (from `values`, else the present one) with one element replaced."""
        items = values.get(name, self.get(name))
        if name in self._kinds and not isinstance(items, list):
            raise T2TError(f"'{name}[{index}]': the hparam '{name}' is not a list.")
        items = list(items or [])
        if name in self._kinds and index >= len(items):
            raise T2TError(f"'{name}[{index}]': the hparam '{name}' has {len(items)} elements.")
        return [*items[:index], value, *items[index + 1 :]]


def basic_params1() -> HParams:
    """What all of Tensor2Tensor's sets began with."""
    return HParams()


def _read_kinds(cls: type[HParams]) -> dict[str, kinds.Kind]:
    """What values the declared fields take."""
    annotations = typing.get_type_hints(cls)
    return {
        field.name: kinds.kind_of_annotation(
            annotations[field.name],
            field.metadata.get("minimum"),
            field.metadata.get("maximum"),
            field.metadata.get("choices", ()),
        )
        for field in dataclasses.fields(cls)
    }


HParams._kinds = _read_kinds(HParams)
