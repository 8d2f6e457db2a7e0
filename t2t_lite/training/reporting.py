"""What a run tells: one moving line, `metrics.jsonl`, TensorBoard."""

from __future__ import annotations

import json
import os
import pathlib
import sys
import time

from t2t_lite import files
from t2t_lite.errors import T2TError

LINE_SECONDS = 15.0
"""How often a progress line is printed where lines cannot be rewritten."""


class MetricsLog:
    """`metrics.jsonl`: one JSON object per line, each with `step` and `kind`.

    `kind` is "train" (means over the steps since the line before) or "eval". A resumed run
    first drops the lines after its checkpoint, so none is lost or doubled.
    """

    def __init__(self, path: pathlib.Path):
        self.path = path

    def read(self) -> list[dict]:
        """All complete lines; T2TError if one is damaged."""
        if not self.path.exists():
            return []
        lines = self.path.read_bytes().split(b"\n")[:-1]
        try:
            return [json.loads(line) for line in lines]
        except ValueError as error:
            raise T2TError(f"{self.path} is damaged ({error}); delete it to go on.") from error

    def append(self, kind: str, step: int, values: dict) -> None:
        """Writes a line that survives a kill right after."""
        line = json.dumps({"kind": kind, "step": step, **values})
        with files.writing(self.path), open(self.path, "a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def rewind(self, step: int) -> None:
        """Drops what comes after `step`, and a line that was cut short."""
        kept = [json.dumps(line) + "\n" for line in self.read() if line["step"] <= step]
        files.write_bytes(self.path, "".join(kept).encode())


class TensorBoard:
    """Scalars for TensorBoard: `train/loss`, `eval/bleu` …"""

    def __init__(self, directory: pathlib.Path):
        import tensorflow as tf

        self._directory = directory
        self._errors = tf.errors
        self._summary = tf.summary
        self._writer = tf.summary.create_file_writer(str(directory))

    def scalars(self, kind: str, step: int, values: dict) -> None:
        """Writes the numbers among `values`; T2TError if the disk is full."""
        try:
            with self._writer.as_default(step=step):
                for name, value in values.items():
                    if isinstance(value, int | float):
                        self._summary.scalar(f"{kind}/{name}", value)
            self._writer.flush()
        except self._errors.OpError as error:
            raise T2TError(
                f"Cannot write TensorBoard's events to {self._directory}. Make room there and run "
                "the same command; it goes on from the last checkpoint."
            ) from error


class Progress:
    """step/total, loss, tokens per second, time left: rewritten in place on a terminal."""

    def __init__(self, total: int, stream=None):
        self.total = total
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._last_line = 0.0

    def show(self, step: int, loss: float, tokens_per_second: float, seconds_left: float) -> None:
        """Updates the line (on a terminal), or prints one now and then."""
        now = time.monotonic()
        if not self._is_terminal and now - self._last_line < LINE_SECONDS and step < self.total:
            return
        self._last_line = now
        text = (
            f"step {step}/{self.total}  loss {loss:.3f}  {tokens_per_second:,.0f} target tokens/s"
            f"  {format_seconds(seconds_left)} left"
        )
        self._stream.write(f"\r{text:<78}" if self._is_terminal else f"{text}\n")
        self._stream.flush()

    def say(self, text: str) -> None:
        """A line that stays."""
        self._stream.write(f"\r{'':<78}\r{text}\n" if self._is_terminal else f"{text}\n")
        self._stream.flush()


def format_values(values: dict[str, float]) -> str:
    """{"loss": 2.5, "bleu": 31.24159} -> 'loss 2.5, bleu 31.24'."""
    return ", ".join(f"{name} {value:.4g}" for name, value in values.items())


def format_seconds(seconds: float) -> str:
    """3723 -> '1:02:03'."""
    minutes, seconds = divmod(round(max(seconds, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
