#!/usr/bin/env bash
# Runs a PostgreSQL server of its own in a temporary folder, for tests. Prints the connection string once the server answers. Each line of
# input restarts the server as after a crash and prints "again"; the end of the input stops it and removes the folder, so that a caller
# that dies leaves nothing behind. With a port as argument it listens there on 127.0.0.1, else only on a socket in its folder. It does not
# flush to the disk unless FSYNC=on is set.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$bin" ] && command -v initdb >/dev/null; then bin=$(dirname "$(command -v initdb)"); fi
if [ -z "$bin" ]; then
  echo "PostgreSQL is missing: install it (apt-get install postgresql) and run this again." >&2
  exit 2
fi

dir=$(mktemp -d)
pid=
stop() {
  if [ -n "$pid" ]; then
    kill -QUIT "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  fi
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 1' INT TERM

# PostgreSQL refuses to run as root
as=()
if [ "$(id -u)" -eq 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  chown postgres "$dir"
fi

cd "$dir"
"${as[@]}" "$bin/initdb" -D "$dir/data" -U postgres --auth=trust --no-sync -E UTF8 --locale=C >"$dir/log" 2>&1 \
  || { cat "$dir/log" >&2; exit 1; }
port=${1:-5432}
listen=
if [ $# -gt 0 ]; then listen=127.0.0.1; fi

start() {
  "${as[@]}" "$bin/postgres" -D "$dir/data" -k "$dir" -p "$port" -c listen_addresses="$listen" -c fsync="${FSYNC:-off}" \
    -c max_connections=300 -c log_min_messages=panic >>"$dir/log" 2>&1 &
  pid=$!
  for _ in $(seq 300); do
    if "$bin/pg_isready" -q -h "$dir" -p "$port"; then return; fi
    if ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 0.1
  done
  cat "$dir/log" >&2
  exit 1
}

start
echo "Host=${listen:-$dir};Port=$port;Database=postgres;Username=postgres"
while read -r _; do
  kill -QUIT "$pid" 2>/dev/null || true
  wait "$pid" || true
  start
  echo again
done
