#!/usr/bin/env bash
# Runs a Redis server of its own in a temporary folder, for tests: redis.sh PORT [SETTING...], where a setting is as on the command line of
# redis-server. Prints "ready" once the server answers on 127.0.0.1. Each line of input kills the server, as a crash does, starts it again
# and prints "again"; the end of the input stops it and removes the folder, so that a caller that dies leaves nothing behind.
set -euo pipefail

if ! command -v redis-server >/dev/null; then
  echo "Redis is missing: install it (apt-get install redis-server) and run this again." >&2
  exit 2
fi

port=$1
shift
dir=$(mktemp -d)
pid=
stop() {
  if [ -n "$pid" ]; then
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  fi
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 1' INT TERM

start() {
  redis-server --port "$port" --bind 127.0.0.1 --dir "$dir" --appendonly yes --appendfsync everysec --save '' "$@" >>"$dir/log" 2>&1 &
  pid=$!
  for _ in $(seq 200); do
    if [ "$(redis-cli -h 127.0.0.1 -p "$port" ping 2>/dev/null)" = PONG ]; then return; fi
    if ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 0.05
  done
  cat "$dir/log" >&2
  exit 1
}

start "$@"
echo ready
while read -r _; do
  kill -KILL "$pid"
  wait "$pid" 2>/dev/null || true
  start "$@"
  echo again
done
