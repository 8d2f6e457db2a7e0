"""Questions about little stories: the bAbI tasks (Weston et al. 2015, arXiv:1502.05698).

Twenty tasks, each with 1,000 or 10,000 training questions and 1,000 test questions, which are
"dev" as in Tensor2Tensor. The answer is one word, or a list or path written as one, and its class
is that word's id. A story grows from question to question.

As in Tensor2Tensor, a model of one task is trained on the training questions of all twenty and
evaluated on its own; and the vocabulary is that of both splits, since answers are classes and
must all be known.

What Tensor2Tensor did wrong: its vocabulary had no separator, so that the most frequent word stood
between question and story (here that id, 2, belongs to "<unk>", which the data lacks); and it lost
the modality of the inputs, so that its last releases could not train on these problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import text_files
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, splits
from t2t_lite.problems.text_problems import VocabType
from t2t_lite.text import subword_encoder
from t2t_lite.text.encoder import EOS, TextEncoder

_NAME = "tasks_1-20_v1-2"
# The first address (www.thespermwhale.com/jaseweston/babi) is gone; no checksum is known.
_CORPUS = Source(
    f"https://s3.amazonaws.com/text-datasets/babi_{_NAME}.tar.gz", also=(f"{_NAME}.tar.gz",)
)

TASKS = (
    "all-tasks",
    "single-supporting-fact",
    "two-supporting-facts",
    "three-supporting-facts",
    "two-arg-relations",
    "three-arg-relations",
    "yes-no-questions",
    "counting",
    "lists-sets",
    "simple-negation",
    "indefinite-knowledge",
    "basic-coreference",
    "conjunction",
    "compound-coreference",
    "time-reasoning",
    "basic-deduction",
    "basic-induction",
    "positional-reasoning",
    "size-reasoning",
    "path-finding",
    "agents-motivations",
)
"""Names of the tasks by their number; 0 is all of them."""


class BabiQaConcat(text_problems.QuestionAndContext2TextProblem, text_problems.Text2ClassProblem):
    """A subclass sets the number of the task and the part of the data set."""

    task: Any = 0
    subset: Any = "en"
    """With 1,000 training questions a task, or "en-10k" with 10,000."""
    vocab_type = VocabType.TOKEN
    approx_vocab_size = None
    dataset_splits: Any = splits(train=1)

    def dataset_filename(self) -> str:
        return f"babi_qa_{self.subset}_qa{self.task}_{TASKS[self.task]}"

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        is_training = dataset_split == DatasetSplit.TRAIN
        is_joint = is_training or self.task == 0
        task = "qa[1-9]*" if is_joint else f"qa{self.task}_{TASKS[self.task]}"
        part = "train" if is_training else "test"
        pattern = f"{_NAME}/{self.subset}/{task}_{part}.txt"
        count = len(TASKS) - 1 if is_joint else 1
        for name, file in _CORPUS.files(tmp_dir, pattern, count):
            yield from parse_stories(text_files.lines_of(file, name), name)

    def generate_text_for_vocab(self, data_dir: str, tmp_dir: str) -> Iterator[str]:
        for split in self.split_names():
            for sample in self.generate_samples(data_dir, tmp_dir, split):
                yield from (sample["context"], sample["inputs"], sample["label"])

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        # Not Text2ClassProblem's: a class is a word of the vocabulary.
        encoders = text_problems.Text2TextProblem.feature_encoders(self, data_dir)
        return encoders | {"targets": encoders["inputs"]}

    def encode_sample(self, sample: dict) -> dict[str, list[int]]:
        context = self._encoders["context"].encode(sample["context"])
        return super().encode_sample(sample) | {"context": [*context, EOS]}


def parse_stories(lines: Iterable[str], name: str) -> Iterator[dict[str, str]]:
    """The questions of a file, each with the statements of its story before it.

    Lines are "NUMBER STATEMENT" or "NUMBER QUESTION<TAB>ANSWER<TAB>NUMBERS"; a story begins at
    number 1.
    """
    story: list[str] = []
    for line_number, line in enumerate(lines, 1):
        number, _, rest = line.strip().partition(" ")
        if not number.isdecimal() or not rest:
            raise T2TError(f"{name}, line {line_number}: {line!r} does not begin with a number.")
        if number == "1":
            story = []
        if "\t" not in rest:
            story.append(_words(rest))
            continue
        columns = rest.split("\t")
        if len(columns) != 3 or not columns[1].strip():
            raise T2TError(
                f"{name}, line {line_number}: expected question, answer and numbers of facts with "
                f"tabs between, found {columns}."
            )
        question, answer, _ = columns
        yield {
            "context": " ".join(story),
            "inputs": _words(question),
            "label": "".join(answer.replace(",", " ").split()),
        }


def _words(text: str) -> str:
    """Words and signs with blanks between, as Tensor2Tensor's tokenizer separates them."""
    return " ".join(" ".join(subword_encoder.tokenize(text)).split())


def _register(task: int, subset: str, suffix: str) -> None:
    class_name = f"BabiQaConcat{f'Task{task}' if task else 'AllTasks'}_{suffix}"
    subject = f"Task {task} of bAbI ({TASKS[task]})" if task else "All tasks of bAbI"
    attributes = {
        "__doc__": f"{subject}: answer by one word; trained on {suffix} questions of each task.",
        "__module__": __name__,
        "task": task,
        "subset": subset,
    }
    # Under its own name in this module, so that other processes can be sent it.
    globals()[class_name] = registry.register_problem(type(class_name, (BabiQaConcat,), attributes))


for _task in range(len(TASKS)):
    _register(_task, "en", "1k")
    _register(_task, "en-10k", "10k")
