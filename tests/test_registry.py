"""Registering, looking up, listing, and what is said when it fails."""

import subprocess
import sys

import pytest

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.registry import Registry


@pytest.mark.parametrize(
    "class_name, name",
    [
        ("TranslateEndeWmt32k", "translate_ende_wmt32k"),
        ("LSTMSeq2seq", "lstm_seq2seq"),
        ("ImageMnist", "image_mnist"),
        ("Text2TextTmpdir", "text2_text_tmpdir"),
        ("transformer_base", "transformer_base"),
    ],
)
def test_names_are_tensor2tensors_snake_case(class_name, name):
    assert registry.snake_case(class_name) == name


def test_register_and_get():
    kind = Registry("thing")

    @kind.register
    def my_thing():
        """The first line.

        More.
        """

    @kind.register("other_name")
    def another():
        pass

    assert kind.get("my_thing") is my_thing and kind.get("other_name") is another
    assert list(kind) == ["my_thing", "other_name"]
    assert kind.summary("my_thing") == "The first line." and kind.summary("other_name") == ""
    assert "my_thing" in kind and "another" not in kind


def test_duplicate_is_refused():
    kind = Registry("thing")
    kind.register("name")(lambda: 1)

    def other():
        pass

    with pytest.raises(T2TError, match=r"'name'.*taken"):
        kind.register("name")(other)


def test_built_in_name_cannot_be_taken():
    def mine():
        pass

    with pytest.raises(T2TError, match="transformer_base"):
        registry.register_hparams("transformer_base")(mine)


def test_wrong_base_class_is_refused():
    with pytest.raises(T2TError, match="Problem"):

        @registry.register_problem
        class NotAProblem:
            pass


@pytest.mark.parametrize(
    "look_up, wrong, right",
    [
        (registry.hparams, "transformer_bse", "transformer_base"),
        (registry.optimizer, "adafacter", "adafactor"),
        (registry.model, "transfomer", "transformer"),
    ],
)
def test_miss_names_the_nearest_and_how_to_list(look_up, wrong, right):
    with pytest.raises(T2TError) as error:
        look_up(wrong)
    message = str(error.value)
    assert f"'{wrong}'" in message and f"'{right}'" in message and "t2t-list" in message


def test_suffixes_of_problems(monkeypatch):
    problems = Registry("problem")
    for name in ("sort", "piano_copy"):
        problems.register(name)(lambda **kwargs: kwargs)
    monkeypatch.setattr(registry, "problems", problems)
    assert registry.problem("sort_rev") == {"was_reversed": True, "was_copy": False}
    assert registry.problem("sort_rev_copy") == {"was_reversed": True, "was_copy": True}
    assert registry.problem("piano_copy") == {"was_reversed": False, "was_copy": False}
    with pytest.raises(T2TError, match="'sorts_rev'"):
        registry.problem("sorts_rev")


def test_listing_imports_nothing_and_looking_up_imports_one_module():
    program = """
import sys
from t2t_lite import registry
names = registry.hparams_sets.names()
registry.hparams_sets.summary("transformer_base")
loaded = [name for name in sys.modules if name.startswith("t2t_lite.")]
assert set(loaded) <= {"t2t_lite.registry", "t2t_lite.index", "t2t_lite.errors",
                       "t2t_lite.from_t2t",
                       "t2t_lite.version"}, loaded
assert registry.hparams("transformer_tiny").hidden_size == 128
assert "tensorflow" not in sys.modules and "t2t_lite.models" not in sys.modules
print(len(names))
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) > 40
