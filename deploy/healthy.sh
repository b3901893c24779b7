#!/usr/bin/env bash
# Ends with 0 where a role on this port is alive: healthy 5050
exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
printf 'GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
head -n 1 <&3 | grep -q ' 200 '
