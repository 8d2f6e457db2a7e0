"""A training run from its settings to its last evaluation.

`train(run)` is all that `t2t-trainer` calls. The step itself is in `step.py`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
import time

import keras
import numpy as np
import tensorflow as tf

from t2t_lite import from_t2t, registry
from t2t_lite.data import pipeline, records
from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.hparams import t2t_names
from t2t_lite.hparams.base import HParams
from t2t_lite.models.base import build_model
from t2t_lite.training import checkpoints, distribution, memory, warm_start, watching
from t2t_lite.training.best import Best
from t2t_lite.training.evaluation import Evaluator
from t2t_lite.training.layer_rates import LayerRates
from t2t_lite.training.moving_average import MovingAverage
from t2t_lite.training.optimizers import optimizer as make_optimizer
from t2t_lite.training.reporting import Progress, TensorBoard, format_values
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder, resolve_hparams
from t2t_lite.training.schedules import learning_rate_schedule
from t2t_lite.training.step import StepMetrics, TrainStep

CALL_SECONDS = 2.0
"""About how long one call of the compiled loop runs before Python sees it again."""

DECODING = "train_eval_and_decode"
EVALUATING = ("continuous_train_and_eval", "train_and_evaluate", DECODING, "test")
SCHEDULES = ("train", *EVALUATING, *watching.SCHEDULES)


def train(run: RunConfig, hparams: dict | None = None) -> dict[str, float]:
    """Runs `run.schedule`; returns the metrics of the last evaluation.

    `hparams`: values that override the set's, and are overridden by `run.hparams`.

    Raises:
      T2TError: the user can mend it; the message says how.
    """
    if run.schedule not in SCHEDULES:
        raise T2TError(
            f"--schedule={run.schedule} is not one of {', '.join(SCHEDULES)}."
            + did_you_mean(run.schedule, SCHEDULES)
        )
    run.check()
    RunFolder(run.output_dir).refuse_tensor2tensors()
    if run.schedule == "test" and checkpoints.newest(run.output_dir):  # Its step is made.
        run = dataclasses.replace(run.in_force(), schedule="evaluate")
    distribution.set_precision(run.precision)
    with memory.limited_to_available():
        if run.schedule in watching.SCHEDULES:
            return watching.work(run, hparams or {})
        distribution.refuse_several_workers()
        return Training(run, hparams or {}).run_to_end()


def build(run: RunConfig, hparams: HParams, problem_hparams):
    """(model, optimizer) with all their variables, from the run's seed."""
    keras.utils.set_random_seed(run.random_seed)
    model = build_model(run.model, hparams, problem_hparams)
    if run.model not in registry.models.builtin:
        refuse_layers_in_body(model)
    schedule = learning_rate_schedule(hparams, run.train_steps)
    rates = LayerRates(hparams.learning_rate_multipliers)
    rates.freeze(model)
    optimizer = make_optimizer(schedule, hparams)
    optimizer.build(model.trainable_variables)
    rates.slow_down(optimizer, model)
    return model, optimizer


def refuse_layers_in_body(model) -> None:
    """T2TError if the body makes new weights each time it runs, which nobody would train."""
    made = []

    def creator(next_creator, **kwargs):
        made.append(kwargs)
        return next_creator(**kwargs)

    with tf.variable_creator_scope(creator):
        model.create_variables()
    if made:
        raise T2TError(
            f"The body of {type(model).__name__} makes {len(made)} new variables whenever it "
            f"runs; {from_t2t.LAYERS_IN_INIT}."
        )


def variable_shapes(model, optimizer) -> list[tuple[int, ...]]:
    """What must not change between a checkpoint and the run that goes on from it."""
    return [tuple(v.shape) for v in [*model.variables, *optimizer.variables]]


class Training:
    """Everything of one run, built in order; `run_to_end` is the main loop."""

    def __init__(self, run: RunConfig, hparams: dict):
        self.run = run.in_force()
        self.progress = Progress(self.run.train_steps)
        self.strategy = distribution.strategy(run.worker_gpu)
        self.problem = registry.problem(run.problem)
        self.split = "test" if run.eval_use_test_set else self.problem.validation_split
        self._check_data()
        self.folder = RunFolder(run.output_dir)
        self.folder.create()
        is_new = not self.folder.exists()
        vocabularies = self.problem.vocab_filepaths(run.data_dir)
        before = self.folder.starting_hparams(run, vocabularies)
        self.hparams = resolve_hparams(run, before, hparams, self.progress.say)
        self.problem_hparams = self.problem.get_hparams(self.hparams, run.data_dir)
        with self.strategy.scope():
            self.model, self.optimizer = build(run, self.hparams, self.problem_hparams)
            decay = self.hparams.moving_average_decay
            self.average = MovingAverage(self.model.weights, decay) if decay else None
        if is_new:
            self._say_what_is_ignored()
        else:
            self._check_changes(before)
        accumulate = max(1, self.hparams.optimizer_multistep_accumulate_steps)
        replicas = self.strategy.num_replicas_in_sync
        self.shares = replicas * run.emulate_workers * accumulate
        self.evaluator = Evaluator.of_run(self.run, self.model, self.problem, self.hparams)
        self.decoding: watching.SplitDecoding | None = None
        if run.schedule == DECODING:
            self.decoding = watching.SplitDecoding(run, self.model, self.problem, self.split)
        self._open_checkpoints()
        # A trial is no part of what the run is when it goes on.
        schedule = RunConfig.schedule if run.schedule == "test" else run.schedule
        kept = dataclasses.replace(run, schedule=schedule)
        self.folder.save(kept, self.hparams, vocabularies)

    def _check_data(self) -> None:
        """What will be read is there, before anything long begins."""
        self.problem.filepaths(self.run.data_dir, "train")
        if self.run.schedule != "train":
            self.problem.filepaths(self.run.data_dir, self.split)

    def _say_what_is_ignored(self) -> None:
        """A plug-in's set may have values that only a plug-in's model could read."""
        if self.run.model in registry.models.builtin:
            for name, value in self.hparams.of_t2t_alone().items():
                self.progress.say(t2t_names.notice(name, value))

    def _check_changes(self, before: HParams) -> None:
        """Says which hparams of a run that goes on have changed; refuses what cannot."""
        changes = before.diff(self.hparams)
        for name, (old, new) in changes.items():
            self.progress.say(f"{name}: {old!r} -> {new!r}")
        if not changes or not checkpoints.all_in(self.run.output_dir):
            return
        old_parts = build(self.run, before.freeze(), self.problem_hparams)
        if variable_shapes(*old_parts) != variable_shapes(self.model, self.optimizer):
            listed = ", ".join(f"{n}={old} to {new}" for n, (old, new) in changes.items())
            raise T2TError(
                f"The run in {self.folder.path} cannot go on with changed variables: --hparams "
                f"changes {listed}. Leave that out, or give another --output_dir."
            )

    def _open_checkpoints(self) -> None:
        """Restores the run, or starts it (warm, if asked for)."""
        run = self.run
        self.best = Best(self.folder, run, self.evaluator.names)
        settings = self._input_settings()
        batches = pipeline.training_batches(
            self.problem,
            self.problem_hparams,
            run.data_dir,
            self.hparams,
            self.shares,
            settings["seed"],
        )
        self.iterator = iter(batches)
        self.checkpoints = checkpoints.Checkpoints(
            run.output_dir,
            self.model,
            self.optimizer,
            self.iterator,
            settings,
            run.keep_checkpoint_max,
            self.average,
        )
        self.step = self.checkpoints.restore_latest()
        self.folder.metrics.rewind(self.step)
        if self.step:
            self.progress.say(f"Going on from step {self.step} of {run.output_dir}.")
        elif run.warm_start_from:
            source = warm_start.restore(self.model, run.warm_start_from, run.warm_start_exclude)
            self.progress.say(f"Starting from the weights of {source}.")
            if self.average:
                self.average.restart()

    def _input_settings(self) -> dict:
        """What the input depends on; where it has changed, it begins anew with another seed."""
        run = self.run
        settings = pipeline.settings(self.problem, run.data_dir, self.hparams, self.shares)
        newest = checkpoints.newest(run.output_dir)
        saved = checkpoints.input_settings(newest) if newest else {}
        seed = saved.pop("seed", run.random_seed)
        if saved and saved != settings:
            self.progress.say("The batches are others now, so the training data begins anew.")
            seed = run.random_seed + checkpoints.step_of(newest)
        return {**settings, "seed": seed}

    @property
    def parameters(self) -> int:
        """How many trainable numbers the model has."""
        return sum(math.prod(v.shape) for v in self.model.trainable_variables)

    # The loop.

    def run_to_end(self) -> dict[str, float]:
        """Trains up to `train_steps`, with checkpoints and evaluations on the way."""
        run = self.run
        self.progress.say(
            f"{run.model} ({self.parameters:,} parameters) on {run.problem}: "
            f"batches of {self.hparams.batch_size:,} {pipeline.batch_unit(self.problem_hparams)}"
            + (f" x {self.shares}" if self.shares > 1 else "")
        )
        self.step_runner = TrainStep(
            self.model,
            self.optimizer,
            self.hparams,
            self.strategy,
            self.shares,
            run.random_seed,
            self.average,
        )
        self.board = TensorBoard(self.folder.path)
        self.started = self.saved = time.monotonic()
        if self.step and self._is_evaluation_missing():
            self._evaluate_and_report()
        elif self.step:
            self._keep_best()
        while self.step < run.train_steps and not self._should_stop():
            self._train_to(self._next_boundary())
            is_due = self.step % run.local_eval_frequency == 0 or self.step == run.train_steps
            if is_due or self._is_time_to_save():
                self._save()
            if is_due and run.schedule in EVALUATING:
                self._evaluate_and_report()
        return self._finish()

    def _naming_batch_size(self):
        unit = pipeline.batch_unit(self.problem_hparams)
        return memory.naming_batch_size(self.hparams.batch_size, unit)

    def _next_boundary(self) -> int:
        """The next step at which a line of metrics is due."""
        run = self.run
        intervals = (run.log_step_count_steps, run.local_eval_frequency)
        return min(run.train_steps, *[(self.step // n + 1) * n for n in intervals])

    def _train_to(self, boundary: int) -> None:
        """Trains up to step `boundary`, and writes a line of metrics there."""
        parts, busy = [], 0.0
        steps_per_call = 1
        while self.step < boundary:
            count = min(steps_per_call, boundary - self.step)
            begin = time.monotonic()
            part = self._train_steps(count)
            seconds = time.monotonic() - begin
            busy += seconds
            self.step += count
            parts.append(part)
            steps_per_call = max(1, min(100, round(CALL_SECONDS * count / seconds)))
            self._show(part, seconds, count)
            if self._is_time_to_save() or self._is_out_of_time():
                break
        self._report(parts, busy)

    def _train_steps(self, count: int) -> StepMetrics:
        """`count` updates; each metric `[count]`. Refuses to go on from numbers that are none."""
        paths = self.problem.filepaths(self.run.data_dir, "train")
        with self._naming_batch_size(), records.naming_damaged(paths):
            metrics = self.step_runner.run(self.iterator, tf.constant(count))
            metrics = StepMetrics(*[value.numpy() for value in metrics])
        is_bad = ~(np.isfinite(metrics.loss) & np.isfinite(metrics.gradient_norm))
        if is_bad.any():
            step = self.step + int(np.argmax(is_bad)) + 1
            kept = checkpoints.all_in(self.run.output_dir)
            last_good = f"The last good checkpoint is {kept[-1]}" if kept else "No checkpoint yet"
            raise T2TError(
                f"The loss or its gradient is not a number at step {step}. {last_good}; run the "
                "same command with a lower learning rate, or with clip_grad_norm, in --hparams."
            )
        return metrics

    def _show(self, part: StepMetrics, seconds: float, count: int) -> None:
        left = (self.run.train_steps - self.step) * seconds / count
        rate = part.tokens.sum() / seconds
        self.progress.show(self.step, float(part.loss.mean()), float(rate), left)

    def _report(self, parts: list[StepMetrics], busy: float) -> None:
        """A line of metrics over `parts`: means over tokens, not over steps."""
        loss, norm, tokens, padded, places = map(np.concatenate, zip(*parts, strict=True))
        values = {
            "loss": float((loss * tokens).sum() / tokens.sum()),
            "gradient_norm": float(norm.mean()),
            "learning_rate": float(self.optimizer.learning_rate),
            "target_tokens": int(tokens.sum()),
            "padding": float(padded.sum() / max(places.sum(), 1)),
        }
        speed = {"target_tokens_per_second": round(float(tokens.sum() / busy), 1)}
        self.folder.metrics.append("train", self.step, {**values, **speed})
        self.board.scalars("train", self.step, {**values, **speed})

    # Checkpoints, evaluation, the end.

    def _is_time_to_save(self) -> bool:
        limit = self.run.save_checkpoints_secs
        return bool(limit) and time.monotonic() - self.saved > limit

    def _is_out_of_time(self) -> bool:
        limit = self.run.time_limit_minutes * 60
        return bool(limit) and time.monotonic() - self.started > limit

    def _should_stop(self) -> bool:
        if self._is_out_of_time():
            self.progress.say(f"Stopping after {self.run.time_limit_minutes:g} minutes.")
            return True
        if self.best.has_stalled():
            steps = self.run.eval_early_stopping_steps
            self.progress.say(
                f"Stopping early: {self.run.eval_early_stopping_metric} has not improved for "
                f"{steps} steps."
            )
            return True
        return False

    def _save(self) -> None:
        self.checkpoints.save()
        self.saved = time.monotonic()

    def _is_evaluation_missing(self) -> bool:
        """Whether the run was killed between a checkpoint and its evaluation."""
        run = self.run
        if run.schedule not in EVALUATING or not (
            self.step % run.local_eval_frequency == 0 or self.step == run.train_steps
        ):
            return False
        done = {line["step"] for line in self.folder.metrics.read() if line["kind"] == "eval"}
        return self.step not in done

    def _evaluate_and_report(self) -> None:
        with self._averaged(), self._naming_batch_size():
            values = self.evaluator.run(self.split, self.run.eval_steps)
            values.update(self.evaluator.decode(self.split))
            if self.decoding:
                self.progress.say(f"Wrote {self.decoding.write(self.step).paths[0]}")
        self.progress.say(f"step {self.step} {self.split}: {format_values(values)}")
        self.folder.metrics.append("eval", self.step, values)
        self.board.scalars("eval", self.step, values)
        self.folder.write_summary(self.run, self.parameters)
        self._keep_best()

    def _keep_best(self) -> None:
        """Also after a resume: the run may have been killed right before this."""
        if self.best.is_best(self.step):
            with self._averaged():
                checkpoints.save_weights(self.model, str(self.folder.best), self.step)

    def _averaged(self):
        """A block in which the model has its moving averages for weights, if there are any."""
        return self.average.in_model() if self.average else contextlib.nullcontext()

    def _finish(self) -> dict[str, float]:
        if self.step > checkpoints.step_of((checkpoints.all_in(self.run.output_dir) or [""])[-1]):
            self._save()
        self.folder.write_summary(self.run, self.parameters)
        evaluations = [m for m in self.folder.metrics.read() if m["kind"] == "eval"]
        best = f"; best at step {self.best.step}" if self.best.step else ""
        self.progress.say(
            f"Done at step {self.step}{best}. Results: {self.folder.path / 'README.md'}. Next: "
            f"t2t-decoder --output_dir={self.run.output_dir} --decode_from_file=FILE"
        )
        return evaluations[-1] if evaluations else {}
