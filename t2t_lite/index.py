"""Names of the built-in components; written by `make index`."""

INDEX = {
    "problem": {
        "algorithmic_addition_binary40": ("t2t_lite.problems.algorithmic", 'Add two binary numbers, least significant digit first.'),  # noqa: E501
        "algorithmic_addition_decimal40": ("t2t_lite.problems.algorithmic", 'Add two decimal numbers, least significant digit first.'),  # noqa: E501
        "algorithmic_algebra_inverse": ("t2t_lite.problems.algorithmic_math", 'Solve an equation for a variable: "x:a+x*b=c" becomes "(c-a)/b".'),  # noqa: E501
        "algorithmic_identity_binary40": ("t2t_lite.problems.algorithmic", 'Copy a sequence of two symbols.'),  # noqa: E501
        "algorithmic_identity_decimal40": ("t2t_lite.problems.algorithmic", 'Copy a sequence of ten symbols.'),  # noqa: E501
        "algorithmic_multiplication_binary40": ("t2t_lite.problems.algorithmic", 'Multiply two binary numbers, least significant digit first.'),  # noqa: E501
        "algorithmic_multiplication_decimal40": ("t2t_lite.problems.algorithmic", 'Multiply two decimal numbers, least significant digit first.'),  # noqa: E501
        "algorithmic_reverse_binary40": ("t2t_lite.problems.algorithmic", 'Reverse a sequence of two symbols.'),  # noqa: E501
        "algorithmic_reverse_binary40_test": ("t2t_lite.problems.algorithmic", 'Reverse at most ten symbols of two kinds; a very small data set for tests.'),  # noqa: E501
        "algorithmic_reverse_decimal40": ("t2t_lite.problems.algorithmic", 'Reverse a sequence of ten symbols.'),  # noqa: E501
        "algorithmic_reverse_nlplike32k": ("t2t_lite.problems.algorithmic", 'Reverse a sequence of 32,000 symbols that is like a sentence in length and frequencies.'),  # noqa: E501
        "algorithmic_reverse_nlplike8k": ("t2t_lite.problems.algorithmic", 'Reverse a sequence of 8,000 symbols that is like a sentence in length and frequencies.'),  # noqa: E501
        "algorithmic_shift_decimal40": ("t2t_lite.problems.algorithmic", 'Add ten to each of the symbols 0 to 9.'),  # noqa: E501
        "algorithmic_sort_problem": ("t2t_lite.problems.algorithmic", 'Sort numbers; with `unique`, no number comes twice in a sequence.'),  # noqa: E501
        "text2text_tmpdir": ("t2t_lite.problems.text2text_tmpdir", 'Your own parallel files in --tmp_dir: inputs.train.txt, targets.train.txt, ….eval.txt.'),  # noqa: E501
        "translate_encs_multi30k": ("t2t_lite.problems.translate_multi30k", 'English to Czech image descriptions (Multi30k): 29,000 training pairs; no test of 2017.'),  # noqa: E501
        "translate_ende_cldr": ("t2t_lite.problems.translate_cldr", 'English to German: dates, times, amounts, names and lists from the Unicode CLDR.'),  # noqa: E501
        "translate_ende_multi30k": ("t2t_lite.problems.translate_multi30k", 'English to German image descriptions (Multi30k): 29,000 training pairs.'),  # noqa: E501
        "translate_enfr_cldr": ("t2t_lite.problems.translate_cldr", 'English to French: dates, times, amounts, names and lists from the Unicode CLDR.'),  # noqa: E501
        "translate_enfr_multi30k": ("t2t_lite.problems.translate_multi30k", 'English to French image descriptions (Multi30k): 29,000 training pairs.'),  # noqa: E501
    },
    "model": {
        "transformer": ("t2t_lite.models.transformer", 'Transformer encoder-decoder; a decoder-only language model where there are no inputs.'),  # noqa: E501
        "transformer_encoder": ("t2t_lite.models.transformer", "The Transformer's encoder alone, for classes: the mean over the inputs' positions."),  # noqa: E501
    },
    "hparams": {
        "transformer_base": ("t2t_lite.hparams.transformer", 'The base model: 6 layers of width 512.'),  # noqa: E501
        "transformer_base_multistep8": ("t2t_lite.hparams.transformer", 'The base model, 8 batches to an update.'),  # noqa: E501
        "transformer_base_single_gpu": ("t2t_lite.hparams.transformer", 'The base model on one GPU: smaller batches, slower.'),  # noqa: E501
        "transformer_base_v1": ("t2t_lite.hparams.transformer", "The paper's base model: post-norm."),  # noqa: E501
        "transformer_base_v2": ("t2t_lite.hparams.transformer", 'Pre-norm, dropout in attention and feed-forward layers.'),  # noqa: E501
        "transformer_base_v3": ("t2t_lite.hparams.transformer", 'Another Adam, and the learning rate as a product.'),  # noqa: E501
        "transformer_big": ("t2t_lite.hparams.transformer", 'The big model: 6 layers of width 1024, 16 heads.'),  # noqa: E501
        "transformer_big_dr1": ("t2t_lite.hparams.transformer", 'The big model with dropout 0.1 and batches of 4096.'),  # noqa: E501
        "transformer_big_dr2": ("t2t_lite.hparams.transformer", 'The big model with dropout 0.2 and batches of 4096.'),  # noqa: E501
        "transformer_big_enfr": ("t2t_lite.hparams.transformer", 'The big model for English to French: separate embeddings, wider feed-forward layers.'),  # noqa: E501
        "transformer_big_enfr_tpu": ("t2t_lite.hparams.transformer_variants", 'transformer_big_enfr with Adafactor and short sequences; 8 heads are faster there.'),  # noqa: E501
        "transformer_big_single_gpu": ("t2t_lite.hparams.transformer", 'The big model on one GPU.'),  # noqa: E501
        "transformer_big_tpu": ("t2t_lite.hparams.transformer_variants", 'transformer_big with Adafactor and short sequences.'),  # noqa: E501
        "transformer_clean": ("t2t_lite.hparams.transformer", 'No dropout and no label smoothing, for data that is never seen twice.'),  # noqa: E501
        "transformer_clean_big": ("t2t_lite.hparams.transformer", 'The big model without dropout and label smoothing; still 8 heads.'),  # noqa: E501
        "transformer_clean_big_tpu": ("t2t_lite.hparams.transformer_variants", 'transformer_clean_big with Adafactor and short sequences.'),  # noqa: E501
        "transformer_dr0": ("t2t_lite.hparams.transformer_variants", 'transformer_base with layer_prepostprocess_dropout 0.0.'),  # noqa: E501
        "transformer_dr2": ("t2t_lite.hparams.transformer_variants", 'transformer_base with layer_prepostprocess_dropout 0.2.'),  # noqa: E501
        "transformer_ff1024": ("t2t_lite.hparams.transformer_variants", 'transformer_base with filter_size 1024.'),  # noqa: E501
        "transformer_ff4096": ("t2t_lite.hparams.transformer_variants", 'transformer_base with filter_size 4096.'),  # noqa: E501
        "transformer_h1": ("t2t_lite.hparams.transformer_variants", 'transformer_base with num_heads 1.'),  # noqa: E501
        "transformer_h16": ("t2t_lite.hparams.transformer_variants", 'transformer_base with num_heads 16.'),  # noqa: E501
        "transformer_h32": ("t2t_lite.hparams.transformer_variants", 'transformer_base with num_heads 32.'),  # noqa: E501
        "transformer_h4": ("t2t_lite.hparams.transformer_variants", 'transformer_base with num_heads 4.'),  # noqa: E501
        "transformer_hs1024": ("t2t_lite.hparams.transformer_variants", 'transformer_base with hidden_size 1024.'),  # noqa: E501
        "transformer_hs256": ("t2t_lite.hparams.transformer_variants", 'transformer_base with hidden_size 256.'),  # noqa: E501
        "transformer_k128": ("t2t_lite.hparams.transformer_variants", 'transformer_base with attention_key_channels 128.'),  # noqa: E501
        "transformer_k256": ("t2t_lite.hparams.transformer_variants", 'transformer_base with attention_key_channels 256.'),  # noqa: E501
        "transformer_l10": ("t2t_lite.hparams.transformer_variants", 'transformer_base with num_hidden_layers 10.'),  # noqa: E501
        "transformer_l2": ("t2t_lite.hparams.transformer_variants", 'transformer_base with num_hidden_layers 2.'),  # noqa: E501
        "transformer_l4": ("t2t_lite.hparams.transformer_variants", 'transformer_base with num_hidden_layers 4.'),  # noqa: E501
        "transformer_l8": ("t2t_lite.hparams.transformer_variants", 'transformer_base with num_hidden_layers 8.'),  # noqa: E501
        "transformer_lm_tpu_0": ("t2t_lite.hparams.transformer_variants", 'A language model.'),  # noqa: E501
        "transformer_lm_tpu_1": ("t2t_lite.hparams.transformer_variants", 'A language model, four times as large.'),  # noqa: E501
        "transformer_ls0": ("t2t_lite.hparams.transformer_variants", 'transformer_base with label_smoothing 0.0.'),  # noqa: E501
        "transformer_ls2": ("t2t_lite.hparams.transformer_variants", 'transformer_base with label_smoothing 0.2.'),  # noqa: E501
        "transformer_parsing_base": ("t2t_lite.hparams.transformer", 'Constituency parsing on the Wall Street Journal alone.'),  # noqa: E501
        "transformer_parsing_big": ("t2t_lite.hparams.transformer", 'Constituency parsing, semi-supervised.'),  # noqa: E501
        "transformer_parsing_ice": ("t2t_lite.hparams.transformer", 'Parsing and tagging of Icelandic text.'),  # noqa: E501
        "transformer_prepend": ("t2t_lite.hparams.transformer", 'A language model over inputs followed by targets.'),  # noqa: E501
        "transformer_prepend_v1": ("t2t_lite.hparams.transformer", 'A language model over inputs followed by targets, after transformer_base_v1.'),  # noqa: E501
        "transformer_prepend_v2": ("t2t_lite.hparams.transformer", 'A language model over inputs followed by targets, after transformer_base_v2.'),  # noqa: E501
        "transformer_relative": ("t2t_lite.hparams.transformer", 'Relative positions (Shaw et al. 2018, arXiv:1803.02155) instead of timing.'),  # noqa: E501
        "transformer_relative_big": ("t2t_lite.hparams.transformer", 'transformer_big with relative positions.'),  # noqa: E501
        "transformer_relative_tiny": ("t2t_lite.hparams.transformer", 'transformer_tiny with relative positions.'),  # noqa: E501
        "transformer_small": ("t2t_lite.hparams.transformer", '2 layers of width 256.'),  # noqa: E501
        "transformer_small_tpu": ("t2t_lite.hparams.transformer_variants", 'transformer_small with Adafactor and short sequences.'),  # noqa: E501
        "transformer_test": ("t2t_lite.hparams.transformer", '2 layers of width 16, for tests of code.'),  # noqa: E501
        "transformer_tiny": ("t2t_lite.hparams.transformer", '2 layers of width 128.'),  # noqa: E501
        "transformer_tiny_tpu": ("t2t_lite.hparams.transformer_variants", 'transformer_tiny with Adafactor and short sequences.'),  # noqa: E501
        "transformer_tpu": ("t2t_lite.hparams.transformer_variants", 'transformer_base with Adafactor and short sequences.'),  # noqa: E501
    },
    "ranged_hparams": {
    },
    "optimizer": {
        "adafactor": ("t2t_lite.training.optimizers", 'Adafactor (Shazeer and Stern 2018, arXiv:1804.04235), factored, without momentum.'),  # noqa: E501
        "adagrad": ("t2t_lite.training.optimizers", 'Adagrad (Duchi et al. 2011), accumulators from 0.1 as TensorFlow had them.'),  # noqa: E501
        "adam": ("t2t_lite.training.optimizers", 'Adam (Kingma and Ba 2014, arXiv:1412.6980), with epsilon as in its section 2.'),  # noqa: E501
        "adam_w": ("t2t_lite.training.optimizers", 'Adam with decoupled weight decay (Loshchilov and Hutter 2017, arXiv:1711.05101).'),  # noqa: E501
        "lion": ("t2t_lite.training.optimizers", 'Lion (Chen et al. 2023, arXiv:2302.06675) with its own betas.'),  # noqa: E501
        "momentum": ("t2t_lite.training.optimizers", 'Stochastic gradient descent with momentum.'),  # noqa: E501
        "multistep_adam": ("t2t_lite.training.optimizers", "The same as adam; optimizer_multistep_accumulate_steps is the training loop's."),  # noqa: E501
        "rms_prop": ("t2t_lite.training.optimizers", 'RMSProp (Hinton 2012, lecture 6e) with the constants TensorFlow had.'),  # noqa: E501
        "sgd": ("t2t_lite.training.optimizers", 'Stochastic gradient descent.'),  # noqa: E501
        "true_adam": ("t2t_lite.training.optimizers", 'The same as adam, which was lazy about unused embeddings in Tensor2Tensor.'),  # noqa: E501
    },
    "modality": {
        "class_label": ("t2t_lite.modalities.class_label", 'A class id `[batch, 1]`: the mean over positions, then a softmax over the classes.'),  # noqa: E501
        "symbol": ("t2t_lite.modalities.symbol", 'Ids `[batch, length]`, 0 is padding: embedding at the bottom, softmax at the top.'),  # noqa: E501
    },
}
