"""The hyperparameters that Tensor2Tensor 1.15 had, whether or not they have a meaning here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from t2t_lite.errors import T2TError

# Without an effect here, these would have changed what is trained: only Tensor2Tensor's default
# is accepted.
OF_THE_MODEL: dict[str, Any] = {
    "add_sru": False,
    "attention_variables_3d": False,
    "gumbel_noise_weight": 0.0,
    "hard_attention_k": 0,
    "nbr_decoder_problems": 1,
    "num_area_layers": 0,
    "weight_dtype": "float32",
}
"""What the model is; a model that was trained with another value cannot be rebuilt."""
OF_TRAINING: dict[str, Any] = {
    "optimizer_adafactor_beta1": 0.0,
    "optimizer_adafactor_beta2": 0.999,  # read for decay_type "adam" only
    "optimizer_adafactor_decay_type": "pow",
    "optimizer_adafactor_factored": True,
    "optimizer_adafactor_multiply_by_parameter_scale": True,
    "optimizer_zero_grads": False,
    "position_start_index": None,
    "scheduled_sampling_prob": 0.0,
    "split_targets_chunk_length": 0,
    "split_to_length": 0,
    "use_fixed_batch_size": False,
    "use_td": False,
    "weight_noise": 0.0,
}
"""How it is trained."""
REFUSED = OF_THE_MODEL | OF_TRAINING

_ALL = """
act_epsilon act_halting_bias_init act_loss_weight act_max_steps act_type activation_dtype
add_ffn_unit_to_the_transition_function add_or_concat_timing_signal add_position_timing_signal
add_relative_to_values add_sru add_step_timing_signal area_key_mode area_value_mode
attention_block_length attention_dropout attention_dropout_broadcast_dims attention_exp_factor
attention_exp_inputdim attention_key_channels attention_kq_size attention_layer_size
attention_layers attention_load_balance attention_local attention_mechanism attention_moe_k
attention_nonlinearity attention_num_experts attention_num_head attention_red_factor
attention_reduction_type attention_split_batch attention_type attention_v_size
attention_value_channels attention_variables_3d audio_compression batch_shuffle_size batch_size
beta block_fn block_length block_raster_scan block_size block_width bottleneck bottleneck_kind
bottleneck_ratios bottom causal_decoder_self_attention clip_grad_norm compress_steps
conv_first_kernel couple_carry_transform_gates daisy_chain_variables dec_attention_type decay
decoder_combiner_functions decoder_final_combiner_function decoder_left_activations
decoder_left_inputs decoder_left_layers decoder_left_norms decoder_left_output_dims
decoder_num_cells decoder_right_activations decoder_right_inputs decoder_right_layers
decoder_right_norms decoder_right_output_dims depth_embedding diet_experts dilation_scheme dim
dropconnect_dropout dropout dwa_elements ema embedding_size enc_attention_type
encoder_combiner_functions encoder_final_combiner_function encoder_full_attention
encoder_left_activations encoder_left_inputs encoder_left_layers encoder_left_norms
encoder_left_output_dims encoder_num_cells encoder_right_activations encoder_right_inputs
encoder_right_layers encoder_right_norms encoder_right_output_dims epsilon
eval_drop_long_sequences eval_run_autoregressive factored_logits ffn_layer filter_size
filter_sizes first_batch_norm force_full_predict gap_sizes gate_ffn_layer gating_type
gpu_automatic_mixed_precision grad_noise_scale gumbel_noise_weight hard_attention_k
heads_share_relative_embedding hidden_size img_len init_kernel_size init_maxpool init_stride
initializer initializer_gain is_cifar keep_prob kernel_height kernel_scheme kernel_width
kv_filter_width label_smoothing large_kernel_size layer_postprocess_sequence
layer_prepostprocess_dropout layer_prepostprocess_dropout_broadcast_dims
layer_preprocess_sequence layer_sizes learning_rate learning_rate_constant
learning_rate_cosine_cycle_steps learning_rate_decay_rate learning_rate_decay_scheme
learning_rate_decay_staircase learning_rate_decay_steps learning_rate_minimum
learning_rate_schedule learning_rate_warmup_steps length_bucket_step likelihood
local_and_global_att loss lsh_num_hyperplanes lsh_use_map_fn lstm_forget_bias max_area_height
max_area_width max_input_seq_length max_length max_relative_position max_target_seq_length
memory_efficient_ffn memory_flange memory_height memory_size min_length min_length_bucket
mix_with_transformer mixed_precision_optimizer_init_loss_scale
mixed_precision_optimizer_loss_scaler mlperf_mode moe_hidden_sizes moe_k moe_layers
moe_layers_decoder moe_loss_coef moe_num_experts moe_overhead_eval moe_overhead_train
multiply_embedding_mode multiproblem_fixed_train_length multiproblem_label_weight
multiproblem_max_input_length multiproblem_max_target_length multiproblem_mixing_schedule
multiproblem_per_task_threshold multiproblem_reweight_label_loss
multiproblem_schedule_max_examples multiproblem_schedule_threshold multiproblem_target_eval_only
multiproblem_vocab_size name nbr_decoder_problems no_data_parallelism noise_dev norm_epsilon
norm_type num_area_layers num_block_repeat num_blocks num_channels num_channels_init_block
num_decoder_layers num_encoder_layers num_filters num_heads num_hidden_layers
num_inrecurrence_layers num_layers_per_block num_memory_blocks num_mixedin_layers num_mixtures
num_output_layers num_rec_steps num_residuals num_samples num_trainable_top_decoder_layers
optimizer optimizer_adafactor_beta1 optimizer_adafactor_beta2
optimizer_adafactor_clipping_threshold optimizer_adafactor_decay_type
optimizer_adafactor_factored optimizer_adafactor_memory_exponent
optimizer_adafactor_multiply_by_parameter_scale optimizer_adam_beta1 optimizer_adam_beta2
optimizer_adam_epsilon optimizer_momentum_momentum optimizer_momentum_nesterov
optimizer_multistep_accumulate_steps optimizer_zero_grads output_attention output_dropout
overload_eval_metric_name pack_dataset pad_batch parameter_attention_key_channels
parameter_attention_value_channels pos position_features position_start_index prepend_mode
pretrained_model_dir print_vars proximity_bias q_filter_width query_shape random_top_k
recurrence_type relu_dropout relu_dropout_broadcast_dims residual_centroids sampling_keep_top_k
sampling_method sampling_temp scheduled_sampling_gold_mixin_prob scheduled_sampling_method
scheduled_sampling_num_passes scheduled_sampling_prob scheduled_sampling_warmup_schedule
scheduled_sampling_warmup_steps self_attention_type separability shake_shake_concat
shake_shake_num_branches shared_embedding shared_embedding_and_softmax_weights shared_rel
sim_loss_mult soft_em split_targets_chunk_length split_targets_max_chunks
split_targets_strided_training split_to_length step_timing_signal_type strides summarize_grads
summarize_vars symbol_dropout symbol_modality_num_shards targeting_rate top tpu_enable_host_call
transform_bias_init transformer_ffn_type unconditional unidirectional_encoder use_custom_ops
use_fixed_batch_size use_inputs use_memory_as_final_state use_nchw use_pad_remover use_scales
use_sepconv use_target_space_embedding use_td video_num_input_frames video_num_target_frames
vocab_divisor warm_start_from_second weight_decay weight_dtype weight_noise weights_fn wrappers
z_size
"""
NAMES = frozenset(_ALL.split())


def is_refused(name: str, value: Any, refused: Mapping[str, Any] = REFUSED) -> bool:
    """Whether ignoring the value of a hyperparameter of `refused` would make a difference.

    `value` may be the text of an override.
    """
    default = refused.get(name)
    return name in refused and value != default and str(value).lower() != str(default).lower()


def notice(name: str, value: Any) -> str:
    """The sentence to print for a hyperparameter of Tensor2Tensor that nothing reads here.

    `value` may be the text of an override. Raises T2TError if ignoring it would train
    something else than was asked for.
    """
    if is_refused(name, value):
        raise T2TError(
            f"Tensor2Tensor's hparam '{name}' does not exist here, and ignoring {name}={value} "
            f"would train something else; leave it out (that means {REFUSED[name]})."
        )
    return f"The hparam '{name}' of Tensor2Tensor has no meaning here and is ignored."
