#!/usr/bin/env bash
# Sends one campaign over three email clients as processes of their own, on PostgreSQL and Redis, kills one of them every three seconds, and
# compares what the gateway took with what the campaign says. Takes some minutes.
#
#   --people N       default 100000
set -euo pipefail
cd "$(dirname "$0")/.."

people=100000
if [ "${1:-}" = --people ]; then people=$2; fi
dotnet build tests/MailMarketing.Faults.Tests -c Release --nologo -v quiet "-clp:ErrorsOnly;NoSummary"
report=$(mktemp)
trap 'rm -f "$report"' EXIT
export MAILMARKETING_FAULTS_PEOPLE=$people MAILMARKETING_FAULTS_REPORT=$report
status=0
dotnet test --project tests/MailMarketing.Faults.Tests -c Release --no-build --no-progress --output Normal --filter-trait "Row=long" || status=$?
echo "seed, fault, faults_landed, in_flight_hits, expected, accepted_unique, lost, dup_dedupe, dup_naive, uncertain, regressions, stuck, max_recovery_ms"
cat "$report"
exit "$status"
