#!/usr/bin/env bash
# Measures ours against a ceiling, in turns and in one run on this machine, and prints a table of ratios: whole campaigns against a bare loop
# of requests, imports against COPY, starts against INSERT ... SELECT, and so on. Takes less than twenty minutes, --quick less than five.
# Writes artifacts/bench/results.json, .md and .svg. Starts a PostgreSQL and a Redis of its own.
#
#   --quick          fewer of everything
#   --only A,B       some parts: e2e, render, import, fan-out, claim-complete, two-services, pages, scale
#   --only profile   where the processor time of an email goes, instead; wants perf (apt-get install linux-perf)
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build bench/MailMarketing.EndToEnd -c Release --nologo -v quiet "-clp:ErrorsOnly;NoSummary"
arguments=("$@")
servers=()
stop() {
  exec 8>&- 9>&- || true
  for server in "${servers[@]}"; do wait "$server" 2>/dev/null || true; done
  rm -rf "$dir"
}
dir=$(mktemp -d)
trap stop EXIT

# Prints the first line that a server writes; it ends with its input
await() {
  local log=$1
  for _ in $(seq 600); do
    if grep -m1 -- '^\(Host=\|ready\)' "$log" 2>/dev/null; then return; fi
    sleep 0.1
  done
  cat "$log" >&2
  return 1
}

mkfifo "$dir/postgres" "$dir/redis"
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then
  FSYNC=on eng/postgres.sh <"$dir/postgres" >"$dir/postgres.log" 2>&1 &
  servers+=($!)
  exec 8>"$dir/postgres"
  arguments+=(--postgres "$(await "$dir/postgres.log")")
else
  echo "PostgreSQL is missing: only SQLite is measured."
fi

if [ ${#servers[@]} -gt 0 ] && command -v redis-server >/dev/null; then
  dotnet build samples/ReferenceHost -c Release --nologo -v quiet "-clp:ErrorsOnly;NoSummary"
  port=$((RANDOM % 20000 + 20000))
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((RANDOM % 20000 + 20000)); done
  eng/redis.sh "$port" <"$dir/redis" >"$dir/redis.log" 2>&1 &
  servers+=($!)
  exec 9>"$dir/redis"
  await "$dir/redis.log" >/dev/null
  arguments+=(--redis "localhost:$port" --host samples/ReferenceHost/bin/Release/net10.0/ReferenceHost.dll)
else
  echo "Redis is missing: the two services are not measured."
fi
if [[ " $* " == *" profile "* ]]; then export DOTNET_PerfMapEnabled=1 DOTNET_EnableWriteXorExecute=0; fi
dotnet bench/MailMarketing.EndToEnd/bin/Release/net10.0/MailMarketing.EndToEnd.dll "${arguments[@]}"
