#!/usr/bin/env bash
# The main job on data that needs no download: generate, train, decode, score. Usage: demo.sh FOLDER
set -euo pipefail
folder=${1:-demo_run}
here=$(dirname "$0")

t2t-trainer --generate_data --problem=translate_ende_cldr --model=transformer --hparams_set=transformer_cldr \
    --data_dir="$folder/data" --output_dir="$folder/run" --train_steps=2500 --local_eval_frequency=500 \
    --precision=bf16
t2t-decoder --output_dir="$folder/run" --checkpoint_path="$folder/run/best" --eval_use_test_set \
    --decode_to_file="$folder/test.translations"
t2t-bleu --translation="$folder/test.translations" --reference="$folder/test.targets" --metrics=13a --bleu_variant=cased
python "$here/cldr_report.py" "$folder/test"
