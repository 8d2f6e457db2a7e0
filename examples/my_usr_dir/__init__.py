"""A plug-in: a problem, a model and an hparams set of one's own.

    t2t-trainer --t2t_usr_dir=examples/my_usr_dir --problem=translate_pig_latin --model=my_gru \\
        --hparams_set=my_gru_small --generate_data --data_dir=data --tmp_dir=examples/pig_latin \\
        --output_dir=runs/pig_latin --train_steps=200
"""

from . import my_hparams, my_model, my_problem  # noqa: F401  (importing registers them)
