#!/usr/bin/env bash
# Breaks the two services on purpose, as processes of their own on PostgreSQL and Redis, while they send a campaign, and checks after each
# run what the gateway took against what the campaign says. A seed gives the moments at which the faults strike.
#
#   --seeds N        each fault so many times (default 1)
#   --from S         the first seed (default 1)
#   --only F-06      this fault alone; may be given again
#
# Prints a line per run and one of them all, and ends with 1 where a promise was broken or a fault struck while nothing was on its way.
set -euo pipefail
cd "$(dirname "$0")/.."

seeds=1 from=1 filter=()
while [ $# -gt 0 ]; do
  case $1 in
    --seeds) seeds=$2 ;;
    --from) from=$2 ;;
    --only) filter+=(--filter-trait "Row=$2") ;;
    *) echo "Unknown: $1. It takes --seeds N, --from S and --only F-NN." >&2; exit 2 ;;
  esac
  shift 2
done

dotnet build tests/MailMarketing.Faults.Tests -c Release --nologo -v quiet "-clp:ErrorsOnly;NoSummary"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export MAILMARKETING_FAULTS_SEEDS=$seeds MAILMARKETING_FAULTS_FROM=$from MAILMARKETING_FAULTS_REPORT=$dir/report
status=0
dotnet test --project tests/MailMarketing.Faults.Tests -c Release --no-build --no-progress "${filter[@]}" >"$dir/log" 2>&1 || status=1
echo "seed, fault, faults_landed, in_flight_hits, expected, accepted_unique, lost, dup_dedupe, dup_naive, uncertain, regressions, stuck, max_recovery_ms"
if [ -s "$dir/report" ]; then
  cat "$dir/report"
  awk -F', *' '
    { landed += $3; lost += $7; keyed += $2 ~ /u$/ ? 0 : $8; unkeyed += $2 ~ /u$/ ? $9 : 0; unknown += $10; if ($13 > slowest) slowest = $13 }
    END {
      printf "%d runs: %d faults landed, %d lost, %d repeated at the gateway with keys, %d without, %d unknown, recovery within %d ms\n",
        NR, landed, lost, keyed, unkeyed, unknown, slowest
    }' "$dir/report"
fi
if [ "$status" -ne 0 ]; then cat "$dir/log" >&2; fi
exit "$status"
