#!/bin/sh
# Makes experiments/reference/rbm-bas.csv and rbm-bas-variants.csv here anew: twelve seeds of every arm, on one core, about
# fifteen minutes. Each value is the exact negative log-likelihood of the 32 rows at the end of a run.
set -eu
cd "$(dirname "$0")"
results=../../experiments/reference
program=$(mktemp)
trap 'rm -f "$program"' EXIT
cc -std=c11 -O3 -o "$program" rbm_bas.c -lm
"$program" check

# arm REPRODUCTION NAME METHOD [OPTION...]
arm() {
    reproduction=$1 name=$2 method=$3
    shift 3
    for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
        nll=$("$program" "$method" "$seed" "$@" | tail -n 1 | cut -d , -f 4)
        echo "$reproduction,$name,$seed,$nll"
    done
}

{
    echo "# source: bench/reference/rbm_bas.c at the paper's settings, twelve seeds an arm"
    echo reproduction,arm,seed,value
    arm rbm-bas cd cd
    arm rbm-bas isd isd
    arm rbm-bas geometric geometric
} > $results/rbm-bas.csv

{
    echo reproduction,arm,seed,value
    arm rbm-bas-as-many-updates cd cd phases=160000 every=10000
    arm rbm-bas-k20-decay isd isd steps=20 rate=0.01 decay=linear
    arm rbm-bas-k20-decay geometric geometric steps=20 rate=0.01 decay=linear
} > rbm-bas-variants.csv
