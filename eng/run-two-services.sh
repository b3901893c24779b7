#!/usr/bin/env bash
# Runs the two services as they are deployed, as plain processes on free ports of this machine: web on PostgreSQL, email clients that share
# Redis, and a mock gateway. PostgreSQL and Redis are servers of their own in temporary folders.
#
#   --demo           for people: sets From and credentials, puts in sample data
#   --clients N      how many email clients (default 2)
#   --check N        sends a campaign to N people, tells the counts and ends
#
# Ctrl+C stops everything and removes the folders.
set -euo pipefail
cd "$(dirname "$0")/.."

demo=false clients=2 check=0
while [ $# -gt 0 ]; do
  case $1 in
    --demo) demo=true ;;
    --clients) clients=$2; shift ;;
    --check) check=$2; shift ;;
    *) echo "Unknown: $1. It takes --demo, --clients N and --check N." >&2; exit 2 ;;
  esac
  shift
done

dotnet build samples/ReferenceHost -c Release --nologo -v quiet "-clp:ErrorsOnly;NoSummary"
host=samples/ReferenceHost/bin/Release/net10.0/ReferenceHost.dll
dir=$(mktemp -d)
pids=()
stop() {
  trap - EXIT INT TERM
  for pid in $(printf '%s\n' "${pids[@]}" | tac); do kill -TERM "$pid" 2>/dev/null || true; done
  exec 8>&- 9>&- || true
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM

free_port() {
  local port
  while port=$((RANDOM % 20000 + 20000)); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
  done
}

# Waits until a line of a log begins so, and prints it
await() {
  local log=$1 sign=$2 pid=$3
  for _ in $(seq 600); do
    if grep -m1 -- "$sign" "$log" 2>/dev/null; then return; fi
    if ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 0.1
  done
  cat "$log" >&2
  return 1
}

# The servers end with their input
mkfifo "$dir/postgres.in" "$dir/redis.in"
eng/postgres.sh "$(free_port)" <"$dir/postgres.in" >"$dir/postgres.log" 2>&1 &
pids+=($!)
exec 8>"$dir/postgres.in"
redis_port=$(free_port)
eng/redis.sh "$redis_port" <"$dir/redis.in" >"$dir/redis.log" 2>&1 &
pids+=($!)
exec 9>"$dir/redis.in"
postgres=$(await "$dir/postgres.log" '^Host=' "${pids[0]}")
await "$dir/redis.log" '^ready' "${pids[1]}" >/dev/null

web=http://127.0.0.1:$(free_port) gateway=http://127.0.0.1:$(free_port)
export MailMarketing__ServiceKey MailMarketing__Admin__ApiToken MailMarketing__Demo=$demo MailMarketing__Limits__ApiPerMinute=100000
MailMarketing__ServiceKey=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')
MailMarketing__Admin__ApiToken=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')
common=(--MailMarketing:Web:Url="$web" --MailMarketing:MockGateway:Url="$gateway" --MailMarketing:DataDirectory="$dir/data"
  --MailMarketing:AllowPlainHttp=true)

start() {
  local name=$1
  shift
  dotnet "$host" "$@" "${common[@]}" >"$dir/$name.log" 2>&1 &
  pids+=($!)
  await "$dir/$name.log" ' listens on ' $! >/dev/null
}

start mock-gateway --role mock-gateway --MailMarketing:MockGateway:RecordTo="$dir/record.jsonl"
for number in $(seq "$clients"); do
  url=http://127.0.0.1:$(free_port)
  client=${client:-$url}
  start "email-client-$number" --role email-client --MailMarketing:EmailClient:Url="$url" --MailMarketing:EmailClient:Storage=redis \
    --ConnectionStrings:EmailClient="localhost:$redis_port"
done
seed=()
if [ "$demo" = true ]; then seed=(--seed-demo); fi
start web --role web "${seed[@]}" --MailMarketing:EmailClient:Url="$client" --MailMarketing:Web:Storage=postgres \
  --ConnectionStrings:Web="$postgres"

echo "  Dashboard   $web"
echo "  API token   $MailMarketing__Admin__ApiToken"
grep '^There is no administrator' "$dir/web.log" || true
echo "  Mails       $gateway"
echo "  Logs        $dir/*.log"
if [ "$check" -eq 0 ]; then
  echo "  Stop        Ctrl+C"
  wait -n "${pids[@]}"
  exit
fi

curl() { command curl -sS --fail-with-body -H "Authorization: Bearer $MailMarketing__Admin__ApiToken" "$@"; }
api() { curl -H 'Content-Type: application/json' "$web/api/v1/$1" "${@:2}"; }
field() { grep -oE "\"$1\":[^,}]*" | head -1 | cut -d: -f2- | tr -d '"'; }
api settings -X PATCH -d '{"email_from":{"name":"Shop","email":"shop@example.org"},"auth":{"user":"u","password":"p"}}' >/dev/null
segment=$(api segments -d '{"name":"Everyone of the check"}' | field id)
import=$( (echo email; seq -f 'p%g@example.org' "$check") | curl -H 'Content-Type: text/csv' --data-binary @- \
  "$web/api/v1/contacts/import?segmentId=$segment" | field id)
until [ "$(api "imports/$import" | field state)" = completed ]; do sleep 0.2; done
template=$(api templates -d '{"name":"Check","subject":"News","text":"Hello {{ email }}: {{ unsubscribe_url }}"}' | field id)
campaign=$(api campaigns -d "{\"name\":\"Check\",\"templateId\":$template,\"segmentIds\":[$segment]}" | field id)
api "campaigns/$campaign/start" -X POST >/dev/null
until state=$(api "campaigns/$campaign") && [ "$(field state <<<"$state")" = completed ]; do sleep 0.5; done
grep -oE '"counts":\{[^}]*\}' <<<"$state" | head -1
