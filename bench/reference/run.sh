#!/bin/sh
# Makes experiments/reference/rbm-bas.csv and rbm-bas-variants.csv here anew: thirty seeds of every arm (twelve of the
# variants), on one core, about half an hour. Each value is the exact negative log-likelihood of the 32 rows at the end of a run.
set -eu
cd "$(dirname "$0")"
results=../../experiments/reference
program=$(mktemp)
trap 'rm -f "$program"' EXIT
cc -std=c11 -O3 -o "$program" rbm_bas.c -lm
"$program" check

# arm SEEDS REPRODUCTION NAME METHOD [OPTION...]
arm() {
    seeds=$1 reproduction=$2 name=$3 method=$4
    shift 4
    for seed in $(seq "$seeds"); do
        nll=$("$program" "$method" "$seed" "$@" | tail -n 1 | cut -d , -f 4)
        echo "$reproduction,$name,$seed,$nll"
    done
}

{
    echo "# source: bench/reference/rbm_bas.c at the paper's settings"
    echo reproduction,arm,seed,value
    arm 44 rbm-bas cd cd
    arm 30 rbm-bas isd isd
    arm 30 rbm-bas geometric geometric
} > $results/rbm-bas.csv

{
    echo reproduction,arm,seed,value
    arm 12 rbm-bas-as-many-updates cd cd phases=160000 every=10000
    arm 12 rbm-bas-k20-decay isd isd steps=20 rate=0.01 decay=linear
    arm 12 rbm-bas-k20-decay geometric geometric steps=20 rate=0.01 decay=linear
} > rbm-bas-variants.csv
