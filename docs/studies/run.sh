#!/usr/bin/env bash
# Runs the studies and writes their tables and figures beside this file. Goes on where it was stopped.
#   docs/studies/run.sh                 all of them: about two hours on two cores
#   docs/studies/run.sh delay clocks    some of them
#   docs/studies/run.sh --quick         a rehearsal, into runs/studies-quick only
#   docs/studies/run.sh fair-loss fair-lockstep fair-retransmit fair-delay
#   docs/studies/run.sh fair-mnist-loss fair-mnist-delay fair-mnist-lockstep    needs NUDGE_DATA
#   docs/studies/run.sh partitions-differential-isd partitions-isd partitions-isd-seeds partitions-paired    needs NUDGE_DATA
# Needs the built program (dotnet build -c Release), and no data but where said.
set -euo pipefail
cd "$(dirname "$0")/../.."
nudge=(dotnet src/Coordinator/bin/Release/net10.0/nudge.dll)
quick=()
work=runs/studies
if [ "${1:-}" = --quick ]; then
    quick=(--quick)
    work=runs/studies-quick
    shift
fi
[ "$#" -gt 0 ] || set -- loss-activity loss-control loss-phase delay clocks phases symmetry granularity asymmetric events forgetting precision devices devices-forward devices-boltzmann dual-propagation wake-sleep waveforms-delay waveforms-clocks waveforms-loss isd-lanes isd-settings
mkdir -p "$work"
for name in "$@"; do
    if [ -d "$work/$name" ]; then
        "${nudge[@]}" sweep --resume "$work/$name"
    else
        "${nudge[@]}" sweep "experiments/studies/$name.yaml" "${quick[@]}" --out "$work/$name"
    fi
    "${nudge[@]}" report "$work/$name"
    if [ "${#quick[@]}" -eq 0 ]; then
        rm -rf "docs/studies/$name"
        mkdir "docs/studies/$name"
        cp "$work/$name"/{sweep.json,runs.jsonl,sweep.csv,summary.md,*.png,*.svg} "docs/studies/$name"
        # Where the files lay on this machine is of no use to others.
        sed -i -E 's|"(data\|usualData\|folder)": "[^"]*"|"\1": null|' "docs/studies/$name/sweep.json"
    fi
done
