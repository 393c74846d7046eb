# Reads results that nudge run --json printed; sourced by the scripts beside it.
# A number by its name.
number() { sed -n "s/^ *\"$1\": \([-0-9.eE]*\),*$/\1/p" "$2" | head -n 1; }
# A count of the ledger as a whole, which is indented by four; what is 0 may be left out.
count() {
    local found
    found="$(sed -n '/^  "ledger": {/,/^  }/s/^    "'"$1"'": \([0-9]*\),*$/\1/p' "$2")"
    echo "${found:-0}"
}
