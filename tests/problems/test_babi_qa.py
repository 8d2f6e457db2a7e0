"""bAbI from a miniature of the archive."""

import pytest
from archive_files import write_archive
from contracts import run_problem_test
from generated import decoded, examples

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems import babi_qa

STORY = """1 Mary moved to the bathroom.
2 John went to room {0}.
3 Where is Mary? \tbathroom\t1
4 Daniel didn't go back, he took milk.
5 What does Daniel hold? \tmilk,apple{0}\t4
1 Sandra is here.
2 Is Sandra in the {1} room?\tyes\t1
"""
CONTEXT = "Mary moved to the bathroom . John went to room {0} ."
LATER = CONTEXT + " Daniel didn ' t go back , he took milk ."


def questions(task, part):
    """(story, question, answer), as a reader of the file would say."""
    return [
        (CONTEXT.format(task), "Where is Mary ?", "bathroom"),
        (LATER.format(task), "What does Daniel hold ?", f"milkapple{task}"),
        ("Sandra is here .", f"Is Sandra in the {part} room ?", "yes"),
    ]


def members(subset):
    return {
        f"tasks_1-20_v1-2/{subset}/qa{i}_{babi_qa.TASKS[i]}_{part}.txt": STORY.format(i, part)
        for i in range(1, 21)
        for part in ("train", "test")
    }


@pytest.fixture
def tmp_dir(tmp_path):
    write_archive(
        tmp_path / "tmp" / "tasks_1-20_v1-2.tar.gz",
        {"tasks_1-20_v1-2/LICENSE": "x", **members("en"), **members("en-10k")},
    )
    return tmp_path / "tmp"


@pytest.mark.parametrize("name", ["task1_1k", "all_tasks_10k"])
def test_contract(tmp_dir, tmp_path, name):
    run_problem_test(registry.problems.get(f"babi_qa_concat_{name}"), tmp_path, tmp_dir)


def test_trained_on_all_tasks_and_evaluated_on_one(tmp_dir, tmp_path):
    problem = registry.problem("babi_qa_concat_task8_10k")
    problem.generate_data(tmp_path, tmp_dir, num_workers=1)
    all_of_them = [q for task in range(1, 21) for q in questions(task, "train")]
    assert decoded(problem, tmp_path, "train") == sorted(all_of_them)
    assert decoded(problem, tmp_path, "dev") == sorted(questions(8, "test"))
    base = "babi_qa_en-10k_qa8_lists-sets"
    assert (tmp_path / f"{base}-train-00000-of-00001").exists()
    vocabulary = (tmp_path / f"vocab.{base}.tokens").read_text().split()
    assert vocabulary[:3] == ["<pad>", "<EOS>", "<unk>"]
    assert {"milkapple8", "test"} <= set(vocabulary)  # words of the test questions as well


def test_a_model_gets_question_separator_story(tmp_dir, tmp_path):
    from t2t_lite.data import pipeline

    problem = registry.problem("babi_qa_concat_task1_1k")
    problem.generate_data(tmp_path, tmp_dir, num_workers=1)
    hparams = registry.hparams("transformer_tiny")
    problem_hparams = problem.get_hparams(hparams, str(tmp_path))
    size = problem.get_feature_encoders(str(tmp_path))["inputs"].vocab_size
    assert problem_hparams.modality == {"inputs": "symbol", "targets": "class_label"}
    assert problem_hparams.vocab_size == {"inputs": size, "targets": size}
    expected = {
        (*example["inputs"], 2, *example["context"]): example["targets"]
        for example in examples(problem, tmp_path, "dev")
    }
    found = {}
    for batch in pipeline.evaluation_batches(
        problem, problem_hparams, str(tmp_path), "dev", hparams
    ):
        assert set(batch) == {"inputs", "targets"}
        rows = (batch[name].numpy().tolist() for name in ("inputs", "targets"))
        for inputs, targets in zip(*rows, strict=True):
            found[tuple(i for i in inputs if i)] = targets
    assert found == expected


def test_names_and_files_are_tensor2tensors():
    names = [name for name in registry.problems if name.startswith("babi_qa_concat_")]
    tasks = ["all_tasks", *(f"task{i}" for i in range(1, 21))]
    expected = {f"babi_qa_concat_{task}_{size}" for task in tasks for size in ("1k", "10k")}
    assert len(names) == 42 and set(names) == expected
    all_tasks = registry.problem("babi_qa_concat_all_tasks_1k")
    assert all_tasks.dataset_filename() == "babi_qa_en_qa0_all-tasks"
    assert all_tasks.vocab_filename == "vocab.babi_qa_en_qa0_all-tasks.tokens"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Mary moved.", "does not begin with a number"),
        ("2 Where is Mary?\tbathroom", "expected question, answer and numbers of facts"),
        ("2 Where is Mary?\t \t1", "expected question, answer and numbers of facts"),
    ],
)
def test_malformed_lines(line, message):
    with pytest.raises(T2TError, match=rf"^qa1\.txt, line 2: .*{message}"):
        list(babi_qa.parse_stories(["1 Mary moved.", line], "qa1.txt"))


def test_a_task_is_missing(tmp_path):
    some = dict(list(members("en").items())[:-2])
    write_archive(tmp_path / "babi_tasks_1-20_v1-2.tar.gz", some)
    problem = registry.problem("babi_qa_concat_task1_1k")
    with pytest.raises(T2TError, match=r"holds 19 files .*qa\[1-9\]\*_train\.txt, not 20"):
        list(problem.generate_samples("", tmp_path, "train"))
