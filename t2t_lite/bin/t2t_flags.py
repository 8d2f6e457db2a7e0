"""Tensor2Tensor's flags that this project no longer has, so that old command lines still work."""

from __future__ import annotations

from absl import flags as absl_flags

from t2t_lite.errors import T2TError

# The help text that tells these flags from a command's own.
HELP = "(a flag of Tensor2Tensor)"

_CLUSTER = (
    "training runs on one machine; --worker_gpu=N uses several of its GPUs, and "
    "--emulate_workers=N follows a recipe for N devices on one."
)
_TPU = "TPUs are not supported; leave it out, CPUs and GPUs are found by themselves."
_CLOUD = "there is no launcher for a cloud; start the command on the machine itself."

# Name -> (Tensor2Tensor's default, what to do instead). Ignoring another value than the default
# would train something else than was asked for.
REFUSED: dict[str, tuple[bool | str, str]] = {
    "sync": (False, _CLUSTER),
    "worker_replicas": ("1", _CLUSTER),
    "worker_id": ("0", _CLUSTER),
    "ps_replicas": ("0", _CLUSTER),
    "ps_gpu": ("0", _CLUSTER),
    "master": ("", _CLUSTER),
    "use_tpu": (False, _TPU),
    "use_tpu_estimator": (False, _TPU),
    "cloud_tpu": (False, _TPU),
    "cloud_mlengine": (False, _CLOUD),
    **{
        f"decode_{name}": ("", f"say --decode_hparams={name}=N.")
        for name in ("alpha", "batch_size", "beam_size", "extra_length")
    },
    "decode_shards": ("1", "say --decode_hparams=shards=N,shard_id=I, once for each shard I."),
    "gpu_automatic_mixed_precision": (False, "say --precision=bf16."),
    "hparams_range": ("", "start one run per value, with --hparams."),
}

# Switches and valued flags without an effect on what is trained or decoded.
_SWITCHES = """
alsologtostderr autotune_maximize cloud_delete_on_done cloud_skip_confirmation dbgprofile
decode_in_memory disable_ffmpeg disable_grappler_optimizations enable_graph_rewriter
eval_run_autoregressive export_saved_model keep_timestamp locally_shard_to_cpu
log_device_placement logtostderr optionally_use_dist_strat profile tfdbg
use_guarantee_const_getter xla_compile
"""
_VALUED = """
autotune_max_trials autotune_objective autotune_parallel_trials cloud_mlengine_master_type
cloud_tpu_name cloud_vm_name eval_throttle_seconds eval_timeout_mins
export_saved_model_api_version gpu_order inter_op_parallelism_threads
intra_op_parallelism_threads iterations_per_loop job_dir keep_checkpoint_every_n_hours log_dir
log_step_count_steps logical_cores_per_chip parsing_path ps_job std_server_protocol
stderrthreshold timit_paths tpu_infeed_sleep_secs tpu_num_shards verbosity
wait_minutes worker_gpu_memory_fraction worker_job xla_jit_level
"""

# Tensor2Tensor's older name -> its later one, which is ours.
RENAMED = {"problems": "problem"}

# Flags of one command that its siblings took, too, because they shared one list.
_SHARED = """
data_dir decode_from_file decode_hparams decode_reference decode_to_file
eval_early_stopping_metric eval_early_stopping_metric_delta eval_early_stopping_steps eval_steps
hparams hparams_set keep_checkpoint_max local_eval_frequency model output_dir problem
random_seed save_checkpoints_secs schedule t2t_usr_dir tmp_dir train_steps warm_start_from
worker_gpu
"""
_SHARED_SWITCHES = (
    "eval_early_stopping_metric_minimize eval_use_test_set generate_data registry_help"
)


def define(flags: absl_flags.FlagValues) -> None:
    """Defines those of Tensor2Tensor's flags that `flags` lacks, with the help text HELP."""
    switches = [*_SWITCHES.split(), *_SHARED_SWITCHES.split()]
    switches += [name for name, (default, _) in REFUSED.items() if default is False]
    valued = [*_VALUED.split(), *_SHARED.split(), *REFUSED]
    for name in switches:
        if name not in flags:
            absl_flags.DEFINE_boolean(name, False, HELP, flag_values=flags)
    for name in valued:
        if name not in flags:
            absl_flags.DEFINE_string(name, "", HELP, flag_values=flags)


def notices(flags: absl_flags.FlagValues) -> list[str]:
    """One line for each flag on the command line that `define` defined.

    Raises T2TError for one that cannot be ignored.
    """
    if "schedule" in flags and flags["schedule"].value == "run_std_server":
        raise T2TError(f"Tensor2Tensor's schedule run_std_server does not exist here: {_CLUSTER}")
    result = []
    for name in flags:
        flag = flags[name]
        if flag.help != HELP or not flag.present or flag.value in (False, ""):
            continue
        default, instead = REFUSED.get(name, (flag.value, ""))
        if flag.value != default:
            raise T2TError(f"Tensor2Tensor's flag --{name} does not exist here: {instead}")
        result.append(f"Tensor2Tensor's flag --{name} has no meaning here and is ignored.")
    return result
