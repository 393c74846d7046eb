#!/usr/bin/env bash
# Virtual time and three node processes side by side, then the same cluster with nodes killed: sim-vs-cluster.csv.
# Needs the built program and NUDGE_DATA. By default PRESENTATIONS=30000 LOSSES="0 0.3 0.1" SEEDS="1 2 3 4 5" KILLS=10
# TABLE=sim-vs-cluster. With KILLS=0 nothing is killed. Kills are at loss 0.1 and the first seed, at random times over as long as the
# last run took undisturbed.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=docs/studies/run-json.sh
. docs/studies/run-json.sh
nudge=(dotnet src/Coordinator/bin/Release/net10.0/nudge.dll)
presentations="${PRESENTATIONS:-30000}"
kills="${KILLS:-10}"
table="docs/studies/${TABLE:-sim-vs-cluster}.csv"
work="$(mktemp -d)"
nodes=()
trap 'kill -KILL "${nodes[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
common=(mnist --json --quiet --set "run.presentations=$presentations" --set "run.evaluateEvery=$presentations"
    --set data.test=1000 --set run.evaluateExamples=1000)

record() {
    local name="$1" loss="$2" seed="$3" json="$4"
    echo "$name,$loss,$seed,$(number accuracy "$json"),$(number accuracySynchronous "$json"),$(number wallSeconds "$json"),$(
        for field in sent delivered lost inFlight; do count "$field" "$json"; done | paste -sd ,),$((
        $(count realLost "$json") + $(count conflated "$json"))),$(count unaccounted "$json"),$(grep -c '"slice":' "$json" || true)" | tee -a "$table"
}

node() {
    local port="$1"
    "${nudge[@]}" node --port "$port" --seed 127.0.0.1:4853 --store "sqlite:$work/slices.db" --save-every 2 \
        >>"$work/node-$port.log" 2>&1 &
    nodes+=($!)
}

disturbed() {
    local name="$1" loss="$2" times="$3"
    rm -rf "$work"/slices.db*
    nodes=()
    for port in 4853 4854 4855; do node "$port"; done
    "${nudge[@]}" run "${common[@]}" --engine cluster --join 127.0.0.1:4853 --nodes 3 --out "$work/$name" \
        --set "links.activity.loss.rate=$loss" >"$work/$name.json" 2>"$work/$name.log" &
    local run=$! port=4856 victim=1 gap
    # At random times, spread over what an undisturbed run takes.
    gap="$(awk -v s="$(number wallSeconds "$work/c.json")" -v n="$times" 'BEGIN { print int(1000 * s / (n + 1)) }')"
    # The first node stays, so that later ones find a seed; of the others the oldest is killed, and a new one comes.
    until [ -f "$work/$name/placement.txt" ]; do sleep 0.2; kill -0 "$run" || { cat "$work/$name.log"; exit 1; }; done
    for ((i = 0; i < times; i++)); do
        sleep "$(awk -v g="$gap" -v r="$RANDOM" 'BEGIN { print g * (0.5 + r / 32768) / 1000 }')"
        kill -0 "$run" 2>/dev/null || break
        kill -KILL "${nodes[victim]}"
        victim=$((victim + 1))
        node "$port"
        port=$((port + 1))
    done
    wait "$run"
    kill -TERM "${nodes[@]}" 2>/dev/null || true
    wait "${nodes[@]}" 2>/dev/null || true
    record "$name" "$loss" 1 "$work/$name.json"
}

echo "engine,loss,seed,accuracy,accuracySynchronous,seconds,sent,delivered,lost,inFlight,missing,unaccounted,moves" >"$table"
for loss in ${LOSSES:-0 0.3 0.1}; do
    for seed in ${SEEDS:-1 2 3 4 5}; do
        "${nudge[@]}" run "${common[@]}" --seed "$seed" --out "$work/v$loss-$seed" --set "links.activity.loss.rate=$loss" \
            >"$work/v.json"
        record virtual "$loss" "$seed" "$work/v.json"
        "${nudge[@]}" run "${common[@]}" --seed "$seed" --out "$work/c$loss-$seed" --engine cluster --local-nodes 3 \
            --set "links.activity.loss.rate=$loss" >"$work/c.json" 2>"$work/c.log"
        record cluster "$loss" "$seed" "$work/c.json"
    done
done
[ "$kills" -gt 0 ] || exit 0
RANDOM=1
disturbed one-kill 0.1 1
disturbed "$kills-kills" 0.1 "$kills"
