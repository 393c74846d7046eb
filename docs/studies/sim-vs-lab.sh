#!/usr/bin/env bash
# Virtual time beside three nodes on three hosts of the network lab, whose packets take 5 ± 2 ms and are lost at 1 %:
# sim-vs-lab.csv. Needs root, the built program and iproute2. A step waits for packets there and back, so many stimuli run side
# by side. PRESENTATIONS=6400 by default.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=docs/studies/run-json.sh
. docs/studies/run-json.sh
nudge=(dotnet "$PWD/src/Coordinator/bin/Release/net10.0/nudge.dll")
netlab=(dotnet deploy/netlab/bin/Release/net10.0/netlab.dll)
presentations="${PRESENTATIONS:-6400}"
table=docs/studies/sim-vs-lab.csv
work="$(mktemp -d)"
nodes=()
common=(digits --json --quiet --set lanes=32 --set "run.presentations=$presentations" --set "run.evaluateEvery=$presentations"
    --set data.test=320 --set run.evaluateExamples=320)
# Rates are means over lanes: with 32 of them a step learns less often, from more.
common+=(--set projections.image-hidden.rate=0.8 --set projections.hidden-label.rate=0.2)

record() {
    echo "$1,$(number accuracy "$2"),$(number accuracySynchronous "$2"),$(number wallSeconds "$2"),$(number sent "$2"),$(
        number realLost "$2"),$(number unaccounted "$2")" | tee -a "$table"
}

echo "engine,accuracy,accuracySynchronous,seconds,sent,realLost,unaccounted" >"$table"
"${nudge[@]}" run "${common[@]}" --out "$work/v" >"$work/v.json"
record virtual "$work/v.json"

coproc LAB { "${netlab[@]}" up --name study --hosts 3 --delay 5ms --jitter 2ms --loss 0.01 --seed 1; }
trap 'kill -KILL "${nodes[@]}" 2>/dev/null || true; echo quit >&"${LAB[1]}" || true; wait "$LAB_PID" || true; rm -rf "$work"' EXIT
while read -r line <&"${LAB[0]}"; do [[ "$line" == ready* ]] && break; done
for host in 1 2 3; do
    seed=(); [ "$host" -gt 1 ] && seed=(--seed 10.77.0.1:4053)
    ip netns exec "study-$host" "${nudge[@]}" node --host "10.77.0.$host" --port 4053 "${seed[@]}" \
        --store "sqlite:$work/slices.db" >"$work/node-$host.log" 2>&1 &
    nodes+=($!)
    until grep -q '^up' "$work/node-$host.log"; do sleep 0.2; kill -0 "${nodes[-1]}"; done
done
ip netns exec study-1 "${nudge[@]}" run "${common[@]}" --engine cluster --host 10.77.0.1 --join 10.77.0.1:4053 --nodes 3 \
    --out "$work/c" >"$work/c.json"
record "cluster in the lab" "$work/c.json"
