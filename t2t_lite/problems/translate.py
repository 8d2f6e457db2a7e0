"""What translation problems share."""

from __future__ import annotations

from t2t_lite.problems import text_problems


class TranslateProblem(text_problems.Text2TextProblem):
    """From `source_language` to `target_language` (their codes, such as "en")."""

    source_language = "en"
    target_language = ""

    def eval_metrics(self) -> list[str]:
        return [*super().eval_metrics(), "chrf"]
