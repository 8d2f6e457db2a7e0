"""The MultiModel's hyperparameters and its sets (Kaiser et al. 2017, arXiv:1706.05137).

There were three: that of the paper, that of Tensor2Tensor's first release (`multimodel1p8`), and
that of the day after, which stayed until 2018 (`multimodel_base`). A set that bears Tensor2Tensor's
name has its values; what it had in code alone is in the fields `multimodel_form` and the following.
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.base import hparam
from t2t_lite.hparams.convolutional import SliceNetHParams, slicenet_1
from t2t_lite.hparams.experts import ExpertsHParams


class MultiModelHParams(SliceNetHParams, ExpertsHParams):
    """Fields of the MultiModel."""

    multimodel_form: str = hparam(
        "experts",
        "experts: a mixture beside the convolutions of each layer of the encoder, and in those of "
        "the decoder that moe_layers names; slices: SliceNet with a mixture after a third of the "
        "encoder and half of the decoder; paper: in the middle of both, and four blocks of "
        "convolutions before the decoder",
        choices=("experts", "slices", "paper"),
    )
    filter_size: int = hparam(2048, "width within a layer", minimum=1)
    large_kernel_size: int = hparam(15, "neighbours that the wide convolutions see", minimum=1)
    moe_layers: str = hparam("2", "comma-separated numbers of the decoder's layers with a mixture")
    multimodel_attention: bool = hparam(
        True, "whether the decoder attends; else it gets the mean of the encoder's output"
    )


@registry.register_hparams
def multimodel_base() -> MultiModelHParams:
    """4 layers of width 512 with 30 experts each, as Tensor2Tensor had it from June 2017 on."""
    hp = MultiModelHParams()
    hp.hidden_size = 512
    hp.filter_size = 2048
    hp.batch_size = 2048
    hp.num_hidden_layers = 4
    hp.learning_rate_decay_scheme = "noam"
    hp.learning_rate = 0.1
    hp.learning_rate_warmup_steps = 4000
    hp.initializer_gain = 1.0
    hp.dropout = 0.1
    hp.attention_dropout = 0.1
    hp.moe_num_experts = 30
    hp.moe_hidden_sizes = "2048"
    hp.moe_loss_coef = 1e-2
    hp.image_bottom = "large"
    hp.class_label_top = "block"
    return hp


@registry.register_hparams
def multimodel_tiny() -> MultiModelHParams:
    """2 layers of width 128 with 10 experts each; the decoder's are in its first layer."""
    hp = multimodel_base()
    hp.hidden_size = 128
    hp.filter_size = 512
    hp.moe_hidden_sizes = "512"
    hp.batch_size = 512
    hp.num_hidden_layers = 2
    hp.moe_num_experts = 10
    hp.moe_layers = "0"
    return hp


@registry.register_hparams("multimodel1p8")
def multimodel_1p8() -> MultiModelHParams:
    """Tensor2Tensor's first release: SliceNet of width 1536 with 2 times 120 experts.

    It had the name multimodel_1p8 there, and drew a problem per worker.
    """
    hp = MultiModelHParams()
    for name, value in slicenet_1().values().items():
        setattr(hp, name, value)
    hp.multimodel_form = "slices"
    hp.hidden_size = 1536
    hp.filter_size = 1536
    hp.moe_hidden_sizes = "1536"
    hp.moe_num_experts = 120
    hp.shared_embedding_and_softmax_weights = False
    hp.dropout = 0.1
    hp.attention_dropout = 0.1
    hp.learning_rate_decay_scheme = "exp500k"
    hp.image_bottom = "large"
    hp.class_label_top = "block"
    return hp


@registry.register_hparams
def multimodel_paper() -> MultiModelHParams:
    """The paper's: convolutions of 3, 3, 15 and 15 dilated, 240 experts of which 4 are chosen.

    The mixer's attention is joined to the targets as SliceNet does it. Alone on a problem it had 60
    experts. Its other values were never published; they are those of multimodel1p8, but for the
    optimizer and what holds weights small, which are multimodel_base's.
    """
    hp = multimodel_base()
    hp.multimodel_form = "paper"
    hp.audio_bottom = "residual"
    hp.kernel_scheme = "3.3.15.15"
    hp.dilation_scheme = "1.1.1.8"
    hp.separability = 0
    hp.moe_num_experts = 240
    hp.moe_k = 4
    return hp
