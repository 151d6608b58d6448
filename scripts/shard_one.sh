#!/usr/bin/env bash
# One part of a corpus through one worker. Done again, it does nothing; killed, it leaves
# nothing that a reader could take for rows.
usage() {
  cat <<'HELP'
usage: scripts/shard_one.sh SHARD ROWS -- ARGUMENTS OF `epitome worker`
       scripts/shard_one.sh --folder SHARDS ROWS [INDEX] -- ARGUMENTS OF `epitome worker`

Reads the JSON Lines file SHARD (or SHARD.gz) and writes its rows to the file ROWS, under
another name first. With --folder, SHARDS and ROWS are folders, and the part is that with
number INDEX, counted from 0 in the order of the names; a Slurm array needs no INDEX.

EPITOME is the program (`epitome` without it). Exit code 0 means that ROWS is whole.

GNU parallel, every part tried up to four times:
  split -n l/16 -d --additional-suffix=.jsonl corpus.jsonl shards/
  parallel --retries 4 --halt now,fail=1 scripts/shard_one.sh {} rows/{/} \
    -- --system lead --metric rouge-1 ::: shards/*.jsonl
Slurm:
  sbatch --array=0-15 --requeue --wrap \
    "scripts/shard_one.sh --folder shards rows -- --system lead --metric rouge-1"
Then, with the same arguments:
  epitome aggregate rows --corpus corpus.jsonl --system lead --metric rouge-1
HELP
}
fail() {
  echo "shard_one.sh: $*" >&2
  exit 2
}
set -euo pipefail

case ${1:-} in
  -h | --help) usage && exit 0 ;;
  --folder)
    shards=${2:-} rows=${3:-}
    [ -d "$shards" ] || fail "no folder '$shards' of parts; see --help"
    [ -n "$rows" ] || fail "no folder for rows was named; see --help"
    shift 3
    index=${SLURM_ARRAY_TASK_ID:-}
    if [ "${1:-}" != -- ] && [ $# -gt 0 ]; then index=$1 && shift; fi
    [[ $index =~ ^[0-9]+$ ]] || fail "which part? neither INDEX nor SLURM_ARRAY_TASK_ID is a number"
    names=("$shards"/*)
    [ "$index" -lt "${#names[@]}" ] || fail "there is no part $index in '$shards', which has ${#names[@]}"
    shard=${names[$index]}
    mkdir -p "$rows"
    name=$(basename "$shard")
    rows=$rows/${name%.gz}
    ;;
  *)
    [ $# -ge 2 ] || { usage >&2 && exit 2; }
    shard=$1 rows=$2
    shift 2
    ;;
esac
[ "${1:-}" = -- ] || fail "the arguments of the worker come after --; see --help"
shift
[ -r "$shard" ] || fail "no part '$shard' to read"
if [ -e "$rows" ]; then
  echo "shard_one.sh: $rows is there already" >&2
  exit 0
fi

program=${EPITOME:-epitome}
command -v "$program" > /dev/null || fail "no program '$program'; EPITOME names another"
draft=$rows.$(hostname).$$.part
trap 'rm -f "$draft"' EXIT
echo "shard_one.sh: $program worker $* < $shard > $rows" >&2
case $shard in
  *.gz) gzip -dc -- "$shard" | "$program" worker "$@" > "$draft" ;;
  *) "$program" worker "$@" < "$shard" > "$draft" ;;
esac
# cut off by a full disk that nobody reported?
case $(tail -n 1 "$draft") in
  '{"end":true,'*) ;;
  *) fail "the worker of '$shard' left no end marker" ;;
esac
sync "$draft"
mv -- "$draft" "$rows"
