#!/usr/bin/env bash
# Truth-meter readings before, during and after training for several factors of feedback: hysteresis.csv. Needs the built program and no data.
#   docs/studies/hysteresis.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
nudge=(dotnet "${NUDGE_PROGRAM:-src/Coordinator/bin/Release/net10.0/nudge.dll}")
table="${TABLE:-docs/studies/hysteresis.csv}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# The first of its name: those of all connections come before those of the parts.
number() { sed -n "s/^ *\"$1\": \"*\([-0-9.eE]*\)\"*,*$/\1/p" "$2" | head -n 1; }

# study NAME EXPERIMENT PHASES EXAMPLES "STAGES" FACTOR... -- SETTINGS...
study() {
    local name="$1" experiment="$2" phases="$3" examples="$4" stages="$5"
    shift 5
    local factors=() set=()
    while [ "$1" != -- ]; do factors+=("$1"); shift; done
    shift
    for setting in "$@"; do set+=(--set "$setting"); done
    for factor in "${factors[@]}"; do
        for stage in $stages; do
            local what="$experiment" accuracy="" lockstep=""
            local all=("${set[@]}" --set "model.feedback=$factor")
            if [ "$stage" -gt 0 ]; then
                what="$work/$name-$factor-$stage"
                "${nudge[@]}" run "$experiment" "${all[@]}" --set "run.presentations=$stage" --set run.evaluateEvery=0 \
                    --quiet --json --out "$what" >"$work/run.json"
                accuracy="$(number accuracy "$work/run.json")"
                lockstep="$(number accuracySynchronous "$work/run.json")"
            fi
            "${nudge[@]}" truth "$what" "${all[@]}" --phases "$phases" --examples "$examples" --json >"$work/truth.json"
            echo "$name,$factor,$stage,$accuracy,$lockstep,$(number slope "$work/truth.json"),$(number slopeError "$work/truth.json"),$(
                number cosine "$work/truth.json"),$(number costCosine "$work/truth.json")" | tee -a "$table"
        done
    done
}

two=('populations={image: {role: input, size: 784}, lower: {role: hidden, size: 64}, upper: {role: hidden, size: 64}, label: {role: output, size: 10}}'
    'projections={image-lower: {from: image, to: lower, rate: 0.3, schedule: linear}, lower-upper: {from: lower, to: upper, bidirectional: true, rate: 0.1, schedule: linear}, upper-label: {from: upper, to: label, bidirectional: true, rate: 0.03, schedule: linear}}'
    'phases.length.floor=9' 'phases.length.mean=18')
echo "network,feedback,presentations,accuracy,accuracySynchronous,slope,slopeError,cosine,costCosine" >"$table"
study xor xor 8000 4 "0 200 500 1000 3000 10000" 1 0.5 0.3 0.2 0.1 --
study xor-5-hidden xor 8000 4 "0 500 1000 3000 10000" 1 0.5 0.3 0.2 0.1 -- populations.hidden.size=5
study xor-decay xor 8000 4 "0 500 1000 3000" 1 -- learning.decay=0.001
study digits digits 20000 60 "0 1000 4000 10000 40000" 1 0.5 0.3 0.1 --
study digits-two-hidden digits 20000 40 "0 1000 4000 20000" 1 0.5 0.3 -- "${two[@]}"
