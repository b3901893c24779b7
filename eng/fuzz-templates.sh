#!/usr/bin/env bash
# Tries random templates for a while: builds and renders must end soon, never throw, and never write data unescaped.
# Usage: eng/fuzz-templates.sh --minutes N (default 10)
set -euo pipefail

minutes=10
while [ $# -gt 0 ]; do
  case $1 in
    --minutes) minutes=$2; shift 2 ;;
    *) echo "Usage: $0 [--minutes N]" >&2; exit 2 ;;
  esac
done

cd "$(dirname "$0")/.."
project=tests/MailMarketing.Templates.Scriban.Fuzz
dotnet build "$project" -c Release --nologo -v quiet
exec dotnet "$project/bin/Release/net10.0/MailMarketing.Templates.Scriban.Fuzz.dll" minutes "$minutes"
