#!/usr/bin/env bash
# Builds everything and runs every test. The last line is "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."

if ! command -v dotnet >/dev/null 2>&1; then
  echo "The .NET 10 SDK is missing: install dotnet-sdk-10.0 and run this again." >&2
  exit 2
fi

# Installs a Debian package where a test needs it, or says who must.
need() {
  local what=$1 package=$2
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
    echo "$what is missing; installing it."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package"; } >/dev/null 2>&1 \
      || echo "$what could not be installed; its tests will fail." >&2
  else
    echo "$what is missing and this user cannot install it: run apt-get install $package. Its tests will fail." >&2
  fi
}

# Chromium itself does as well, in twice the time.
command -v chromium-headless-shell >/dev/null 2>&1 || need "Chromium, which tries the dashboard," chromium-headless-shell
# The tests start servers of their own, in temporary folders.
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || need PostgreSQL postgresql
command -v redis-server >/dev/null 2>&1 || need Redis redis-server

dotnet build MailMarketing.sln -c Release --nologo -v quiet || { echo "0 passed, 1 failed"; exit 1; }

out=$(mktemp)
trap 'rm -f "$out"' EXIT
# Most processes here live for seconds: what is gathered to optimize them never pays.
export DOTNET_TieredPGO=0
dotnet test --solution MailMarketing.sln -c Release --no-build --no-progress --output Normal 2>&1 | tee "$out"
status=${PIPESTATUS[0]}
count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$out" | tail -1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)

# A skipped test, or a run that fails without a failed test, is a failure too.
failed=$((${failed:-0} + ${skipped:-0}))
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
grep -E '^(failed|skipped) ' "$out" | sort -u
echo "${passed:-0} passed, $failed failed"
[ "$failed" -eq 0 ] && [ "${passed:-0}" -gt 0 ]
