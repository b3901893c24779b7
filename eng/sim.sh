#!/usr/bin/env bash
# Runs the sending engine, its queues and the join of reports on simulated time, a seed a run, and
# checks after each what the stores say against what really happened.
#
#   --seeds N        so many seeds (default 500)
#   --from S         the first of them (default 1)
#   --seed S         one seed, with all that happens in it; the same seed gives the same run
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build tests/MailMarketing.Simulation -c Release --nologo -v quiet "-clp:ErrorsOnly;NoSummary"
if [ $# -eq 0 ]; then set -- --seeds 500; fi
exec dotnet tests/MailMarketing.Simulation/bin/Release/net10.0/MailMarketing.Simulation.dll "$@"
