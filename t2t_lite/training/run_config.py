"""What a training run is: every setting outside the hparams."""

from __future__ import annotations

import dataclasses

from t2t_lite.errors import T2TError


def setting(default, help: str, minimum: float | None = None):
    """A field of RunConfig; `help` is also the flag's help text."""
    return dataclasses.field(default=default, metadata={"help": help, "minimum": minimum})


@dataclasses.dataclass
class RunConfig:
    """One run of the trainer. The flags of `t2t-trainer` are these fields."""

    problem: str = setting(
        "", "Name of the problem, or of several with commas; `t2t-list problems` shows them."
    )
    model: str = setting("", "Name of the model; `t2t-list models` shows them.")
    hparams_set: str = setting("", "Name of the hparams set; `t2t-list hparams` shows them.")
    hparams: str = setting("", "Overrides of the set: 'batch_size=1024,dropout=0.2'.")
    data_dir: str = setting("", "Directory of the generated data.")
    tmp_dir: str = setting("/tmp/t2t_datagen", "Directory of the original files.")
    output_dir: str = setting("", "Run folder: checkpoints, metrics, results.")
    t2t_usr_dir: str = setting("", "Directory of your own problems, models and sets.")
    train_steps: int = setting(250_000, "Updates after which training ends.", minimum=0)
    eval_steps: int = setting(100, "Batches per evaluation; 0: the whole split.", minimum=0)
    local_eval_frequency: int = setting(
        1000, "Steps between checkpoints and evaluations.", minimum=1
    )
    save_checkpoints_secs: int = setting(0, "If > 0, also save a checkpoint this often.", minimum=0)
    keep_checkpoint_max: int = setting(20, "Checkpoints kept, besides the best; 0: all.", minimum=0)
    log_step_count_steps: int = setting(100, "Steps per line of metrics.jsonl.", minimum=1)
    schedule: str = setting(
        "continuous_train_and_eval",
        "What to do: train, continuous_train_and_eval (also train_and_evaluate), "
        "train_eval_and_decode, test (one step, one batch of evaluation); with the newest "
        "checkpoint: evaluate, evaluate_on_train_data, decode; with each that another process "
        "writes: continuous_eval, continuous_eval_on_train_data, continuous_decode (also "
        "continuous_decode_on_eval_data), continuous_decode_on_train_data, "
        "continuous_decode_from_file.",
    )
    eval_timeout_mins: int = setting(
        240, "Minutes that continuous_… waits for another checkpoint; -1: for ever.", minimum=-1
    )
    decode_hparams: str = setting("", "How schedules that decode do it: 'beam_size=4,alpha=0.6'.")
    decode_from_file: str = setting("", "Input of continuous_decode_from_file, a line each.")
    decode_to_file: str = setting(
        "", "Its output, with -STEP after this name; default: in the run folder's decodes/."
    )
    decode_reference: str = setting("", "What its output should be, for a BLEU score.")
    eval_use_test_set: bool = setting(False, "Evaluate on test, not on the validation split.")
    eval_decode_samples: int = setting(
        1024, "Examples decoded per evaluation for scores such as BLEU; 0: none.", minimum=0
    )
    eval_decode_hparams: str = setting("beam_size=1", "How they are decoded.")
    best_metric: str = setting("", "Metric that chooses best/; default: a decoded score or loss.")
    eval_early_stopping_steps: int = setting(
        0, "If > 0, stop when the metric has not improved for this many steps."
    )
    eval_early_stopping_metric: str = setting("loss", "Metric of early stopping.")
    eval_early_stopping_metric_delta: float = setting(0.1, "Least improvement that counts.")
    eval_early_stopping_metric_minimize: bool = setting(True, "Whether lower is better.")
    warm_start_from: str = setting(
        "", "Run folder, checkpoint or Keras' .h5 file whose weights to start from."
    )
    warm_start_exclude: str = setting(
        "", "Weights that start anew: regular expressions with commas between, such as 'logits/'."
    )
    random_seed: int = setting(1, "Seed of everything random; the same seed, the same weights.")
    worker_gpu: str = setting("1", "How many GPUs to use; 'all' takes every one, 0 the CPU.")
    emulate_workers: int = setting(
        1, "Accumulate gradients as if there were this many times more devices.", minimum=1
    )
    precision: str = setting(
        "float32",
        "float32; bf16: products of matrices in bfloat16; mixed_bf16: also what comes out of "
        "layers, which takes less memory. Weights are float32.",
    )
    time_limit_minutes: float = setting(
        0.0, "If > 0, save and stop after this much time; the same command goes on."
    )

    def in_force(self) -> RunConfig:
        """The settings that hold; --schedule=test makes one update and evaluates one batch."""
        if self.schedule != "test":
            return self
        samples = min(1, self.eval_decode_samples)
        return dataclasses.replace(self, train_steps=1, eval_steps=1, eval_decode_samples=samples)

    def check(self) -> None:
        """T2TError if a number is too small."""
        for field in dataclasses.fields(self):
            value, minimum = getattr(self, field.name), field.metadata["minimum"]
            if minimum is not None and value < minimum:
                raise T2TError(f"--{field.name} must be at least {minimum}, not {value}.")
