#!/usr/bin/env bash
# Measures whole campaigns against a bare loop of requests, in one run on this machine, and prints ratios. --quick takes a minute or two.
# Writes artifacts/bench/results.json. Starts a PostgreSQL of its own where there is one on the machine.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build bench/MailMarketing.EndToEnd -c Release --nologo -v quiet
arguments=("$@")
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then
  coproc SERVER { FSYNC=on bash eng/postgres.sh; }
  trap 'eval "exec ${SERVER[1]}>&-"; wait "$SERVER_PID" 2>/dev/null || true' EXIT
  read -r connection <&"${SERVER[0]}"
  arguments+=(--postgres "$connection")
else
  echo "PostgreSQL is missing: only SQLite is measured."
fi
dotnet bench/MailMarketing.EndToEnd/bin/Release/net10.0/MailMarketing.EndToEnd.dll "${arguments[@]}"
