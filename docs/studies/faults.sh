#!/usr/bin/env bash
# Ten random faults in one run on three nodes: kills, resets of all connections of a node, and nodes that stand still for seconds.
# Writes faults.csv. Needs Linux, root (ss -K resets connections), the built program and NUDGE_DATA.
# By default PRESENTATIONS=12000 SEEDS="1 2 3" FAULTS=10.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=docs/studies/run-json.sh
. docs/studies/run-json.sh
nudge=(dotnet src/Coordinator/bin/Release/net10.0/nudge.dll)
presentations="${PRESENTATIONS:-12000}"
faults="${FAULTS:-10}"
table=docs/studies/faults.csv
work="$(mktemp -d)"
nodes=()
first=4900
trap 'kill -KILL "${nodes[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

# Each place has a port of its own, and all three are seeds: whichever is lost, another one lets it in again.
node() {
    "${nudge[@]}" node --port "$((first + $1))" --seed 127.0.0.1:"$first" --seed 127.0.0.1:"$((first + 1))" \
        --seed 127.0.0.1:"$((first + 2))" --store "sqlite:$work/slices.db" --save-every 2 >>"$work/node-$first-$1.log" 2>&1 &
    nodes[$1]=$!
}

begin() {
    rm -rf "$work"/slices.db*
    nodes=()
    first=$((first + 10))
    for place in 0 1 2; do node "$place"; done
    "${nudge[@]}" run mnist --seed "$1" --json --quiet --engine cluster --join 127.0.0.1:"$first" --nodes 3 --out "$work/$2" \
        --set "run.presentations=$presentations" --set "run.evaluateEvery=$presentations" --set data.test=1000 \
        --set run.evaluateExamples=1000 >"$work/$2.json" 2>"$work/$2.log" &
    run=$!
    until [ -f "$work/$2/placement.txt" ]; do sleep 0.2; kill -0 "$run" || { cat "$work/$2.log"; exit 1; }; done
}

# A place that hosts a slice: a fault elsewhere would be none.
victim() {
    local hosts
    hosts="$("${nudge[@]}" cluster status 127.0.0.1:"$((first + $1))" --json 2>/dev/null | grep -o '"node": *"127.0.0.1:[0-9]*"' |
        grep -o '[0-9]*"$' | tr -d '"' | sort -u)" || true
    # shellcheck disable=SC2086
    set -- $hosts
    [ "$#" -gt 0 ] || { echo $((RANDOM % 3)); return; }
    shift $((RANDOM % $#))
    echo $(($1 - first))
}

end() {
    local result=0
    wait "$run" || result=$?
    kill -TERM "${nodes[@]}" 2>/dev/null || true
    wait "${nodes[@]}" 2>/dev/null || true
    [ "$result" = 0 ] || { cat "$work/$1.log"; echo "the run ended with $result"; exit 1; }
}

# A snapshot from which a slice goes on is never older than one from which it went on before.
older() {
    [ -f "$1" ] || { echo 0; return; }
    sed -nE 's/.*"slice":"([^"]*)".*"snapshot":([0-9]+).*/\1 \2/p' "$1" |
        awk '{ if (($1 in last) && $2 < last[$1]) n++; last[$1] = $2 } END { print n + 0 }'
}

echo "run,seed,accuracy,accuracySynchronous,seconds,moves,olderSnapshots,kills,resets,stops" >"$table"
RANDOM=1
for seed in ${SEEDS:-1 2 3}; do
    begin "$seed" "calm-$seed"
    end "calm-$seed"
    seconds="$(number wallSeconds "$work/calm-$seed.json")"
    echo "undisturbed,$seed,$(number accuracy "$work/calm-$seed.json"),$(number accuracySynchronous "$work/calm-$seed.json"),$seconds,0,0,0,0,0" | tee -a "$table"
    begin "$seed" "faults-$seed"
    kills=0 resets=0 stops=0
    for ((i = 0; i < faults; i++)); do
        # The question who hosts what takes a second or two.
        sleep "$(awk -v s="$seconds" -v n="$faults" -v r="$RANDOM" 'BEGIN { print s / (n + 1) * (0.5 + r / 32768) }')"
        kill -0 "$run" 2>/dev/null || break
        # One that the others have removed has ended, and is started again.
        for place in 0 1 2; do kill -0 "${nodes[place]}" 2>/dev/null || node "$place"; done
        place="$(victim $((RANDOM % 3)))"
        case $((RANDOM % 3)) in
            0)
                # Without the shell's own line that a job was killed.
                { kill -KILL "${nodes[place]}"; wait "${nodes[place]}"; } 2>/dev/null || true
                node "$place"
                kills=$((kills + 1))
                ;;
            1) ss -K "( sport = :$((first + place)) or dport = :$((first + place)) )" >/dev/null 2>&1 || true; resets=$((resets + 1)) ;;
            2) kill -STOP "${nodes[place]}"; sleep "$((1 + RANDOM % 6))"; kill -CONT "${nodes[place]}"; stops=$((stops + 1)) ;;
        esac
    done
    end "faults-$seed"
    json="$work/faults-$seed.json"
    echo "$kills kills $resets resets $stops stops,$seed,$(number accuracy "$json"),$(number accuracySynchronous "$json"),$(number wallSeconds "$json"),$(
        grep -c '"move"' "$work/faults-$seed/events.jsonl" || true),$(older "$work/faults-$seed/events.jsonl"),$kills,$resets,$stops" | tee -a "$table"
done
