"""A problem: two parallel files of one's own."""

from t2t_lite import registry
from t2t_lite.problems import text_problems


@registry.register_problem
class TranslatePigLatin(text_problems.Text2TextProblem):
    """English to pig Latin, from `train.en` and `train.pig` (and `dev.…`) in --tmp_dir."""

    approx_vocab_size = 2**9
    dataset_splits = [{"split": "train", "shards": 2}, {"split": "dev", "shards": 1}]

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        files = f"{dataset_split}.en", f"{dataset_split}.pig"
        for english, pig_latin in text_problems.parallel_lines(tmp_dir, *files):
            yield {"inputs": english, "targets": pig_latin}
