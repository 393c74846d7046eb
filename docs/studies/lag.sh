#!/usr/bin/env bash
# Accuracy, speed and messages of digits against engine.lag, on actors and on three node processes, beside virtual time: lag.csv.
# Needs the built program, and no data. By default PRESENTATIONS=20000 LAGS="0 1 2 4 8" SEEDS="1 2".
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=docs/studies/run-json.sh
. docs/studies/run-json.sh
nudge=(dotnet src/Coordinator/bin/Release/net10.0/nudge.dll)
presentations="${PRESENTATIONS:-20000}"
table=docs/studies/lag.csv
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

record() {
    local engine="$1" lag="$2" seed="$3"
    shift 3
    "${nudge[@]}" run digits --json --quiet --seed "$seed" --set "run.presentations=$presentations" \
        --set "run.evaluateEvery=$presentations" --set run.evaluateExamples=2000 --out "$work/$engine-$lag-$seed" "$@" \
        >"$work/run.json" 2>"$work/run.log" || { cat "$work/run.log"; exit 1; }
    echo "$engine,$lag,$seed,$(number accuracy "$work/run.json"),$(number wallSeconds "$work/run.json"),$(
        for field in sent delivered lost unaccounted; do
            count "$field" "$work/run.json"
        done | paste -sd ,)" | tee -a "$table"
}

echo "engine,lag,seed,accuracy,seconds,sent,delivered,lost,unaccounted" >"$table"
for seed in ${SEEDS:-1 2}; do
    record virtual "" "$seed"
    for lag in ${LAGS:-0 1 2 4 8}; do
        record actors "$lag" "$seed" --engine actors --set "engine.lag=$lag"
        record nodes "$lag" "$seed" --engine cluster --local-nodes 3 --set "engine.lag=$lag"
    done
done
