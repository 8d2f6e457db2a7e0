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
from t2t_lite.data import records
from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.hparams import t2t_names
from t2t_lite.hparams.base import HParams
from t2t_lite.models.base import build_model
from t2t_lite.problems import mixture
from t2t_lite.training import (
    checkpoints,
    distribution,
    memory,
    step,
    summation,
    tasks,
    warm_start,
    watching,
)
from t2t_lite.training.best import Best
from t2t_lite.training.layer_rates import LayerRates
from t2t_lite.training.mixing import Mixing
from t2t_lite.training.moving_average import MovingAverage
from t2t_lite.training.optimizers import decays
from t2t_lite.training.optimizers import optimizer as make_optimizer
from t2t_lite.training.reporting import Progress, TensorBoard, format_values
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder, resolve_hparams
from t2t_lite.training.schedules import learning_rate_schedule
from t2t_lite.training.step import StepMetrics, TrainStep
from t2t_lite.training.tasks import Task

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
    memory.share_arenas()
    summation.fix_order()
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
    if optimizer.weight_decay:
        kept = [weight for weight in model.trainable_variables if not decays(weight, hparams)]
        optimizer.exclude_from_weight_decay(var_list=kept)
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
        problems = mixture.problems(run.problem)
        tasks.check_data(self.run, problems)
        self.folder = RunFolder(run.output_dir)
        self.folder.create()
        is_new = not self.folder.exists()
        vocabularies = mixture.vocab_filepaths(problems, run.data_dir)
        before = self.folder.starting_hparams(run, vocabularies)
        self.hparams = resolve_hparams(run, before, hparams, self.progress.say)
        self.problem_hparams = mixture.hparams(problems, self.hparams, run.data_dir)
        self.tasks = tasks.make(self.run, problems, self.hparams)
        sizes = [task.count_examples() for task in self.tasks] if len(self.tasks) > 1 else [1]
        self.mixing = Mixing(self.hparams, sizes, run.random_seed)
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
        tasks.share_out(self.model, self.tasks)
        self.evaluators = [task.evaluator() for task in self.tasks]
        self.decodings: list[watching.SplitDecoding] = []
        if run.schedule == DECODING:
            self.decodings = [watching.SplitDecoding(run, task) for task in self.tasks]
        self._open_checkpoints()
        # A trial is no part of what the run is when it goes on.
        schedule = RunConfig.schedule if run.schedule == "test" else run.schedule
        kept = dataclasses.replace(run, schedule=schedule)
        self.folder.save(kept, self.hparams, vocabularies)

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
        evaluated = [(task, dict.fromkeys(e.names, 0.0)) for task, e in self._each_evaluator()]
        self.best = Best(self.folder, run, list(tasks.merge(evaluated)))
        settings = self._input_settings()
        self.iterators = [task.batches(self.shares, settings["seed"]) for task in self.tasks]
        self.checkpoints = checkpoints.Checkpoints(
            run.output_dir,
            self.model,
            self.optimizer,
            self._input_state(),
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

    def _each_evaluator(self):
        return zip(self.tasks, self.evaluators, strict=True)

    def _input_state(self):
        """What a checkpoint keeps of the input: the iterator, or those of several problems."""
        if len(self.tasks) == 1:
            return self.iterators[0]
        iterators = {f"{i:02}": iterator for i, iterator in enumerate(self.iterators)}
        return {**iterators, "losses": self.mixing.losses}

    def _input_settings(self) -> dict:
        """What the input depends on; where it has changed, it begins anew with another seed."""
        run = self.run
        settings = self.tasks[0].input_settings(self.shares)
        if len(self.tasks) > 1:
            settings = {task.name: task.input_settings(self.shares) for task in self.tasks}
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
        shares = f" x {self.shares}" if self.shares > 1 else ""
        on = [f"{task.name}: batches of {task.batch}{shares}" for task in self.tasks]
        self.progress.say(f"{run.model} ({self.parameters:,} parameters) on {'; '.join(on)}")
        self.steps = [
            TrainStep(
                task.model,
                self.optimizer,
                self.hparams,
                self.strategy,
                self.shares,
                run.random_seed,
                self.average,
                task.loss_weight,
            )
            for task in self.tasks
        ]
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
            most = min(steps_per_call, boundary - self.step)
            index, count = self.mixing.draw_run(self.step, most)
            begin = time.monotonic()
            part = self._train_steps(index, count)
            seconds = time.monotonic() - begin
            busy += seconds
            self.step += count
            self.mixing.learn(index, part.loss)
            parts.append((self.tasks[index], part))
            steps_per_call = max(1, min(100, round(CALL_SECONDS * count / seconds)))
            self._show(part, seconds, count)
            if self._is_time_to_save() or self._is_out_of_time():
                break
        self._report(parts, busy)

    def _train_steps(self, index: int, count: int) -> StepMetrics:
        """`count` updates on a task; each metric `[count]`. Refuses to go on from numbers that are
        none."""
        task = self.tasks[index]
        with task.naming_batch_size(), records.naming_damaged(task.training_files()):
            metrics = self.steps[index].run(self.iterators[index], tf.constant(count))
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

    def _report(self, parts: list[tuple[Task, StepMetrics]], busy: float) -> None:
        """A line of metrics over `parts`: means over tokens, not over steps."""
        values = {
            **step.summary([part for _, part in parts]),
            "learning_rate": float(self.optimizer.learning_rate),
        }
        for task in self.tasks if len(self.tasks) > 1 else []:
            own = [part for of, part in parts if of is task]
            if own:
                found = {**step.summary(own), "steps": sum(len(part.loss) for part in own)}
                values.update({task.prefix + name: value for name, value in found.items()})
        speed = {"target_tokens_per_second": round(values["target_tokens"] / busy, 1)}
        self.folder.metrics.append("train", self.step, {**values, **speed})
        self.board.scalars("train", self.step, {**values, **speed})
        if len(self.tasks) > 1:  # Their batches need memory in pieces of other sizes.
            memory.give_back()

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
        found = []
        with self._averaged():
            for task, evaluator in self._each_evaluator():
                with task.naming_batch_size():
                    values = evaluator.run(task.split, self.run.eval_steps)
                    values.update(evaluator.decode(task.split))
                found.append((task, values))
                where = f"{task.prefix}{task.split}"
                self.progress.say(f"step {self.step} {where}: {format_values(values)}")
            for decoding in self.decodings:
                self.progress.say(f"Wrote {decoding.write(self.step).paths[0]}")
        values = tasks.merge(found)
        self.folder.write_experts({t.name: e.expert_shares for t, e in self._each_evaluator()})
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
        which = " --problem=PROBLEM" if len(self.tasks) > 1 else ""
        self.progress.say(
            f"Done at step {self.step}{best}. Results: {self.folder.path / 'README.md'}. Next: "
            f"t2t-decoder --output_dir={self.run.output_dir}{which} --decode_from_file=FILE"
        )
        return evaluations[-1] if evaluations else {}
