#!/usr/bin/env bash
# Views pages of the administration in a hub with many users and tokens as a signed-in administrator does, and writes benchmarks/results/pages.md.
#
#   benchmarks/http/pages.sh                     100,000 users, 500,000 tokens
#   benchmarks/http/pages.sh --users 1000        a small hub, to see that it works
#   benchmarks/http/pages.sh --output FILE       writes elsewhere
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

dotnet build ../../samples/SampleHost -c Release -v quiet -nologo -clp:NoSummary >&2
exec /usr/bin/python3 pages.py "$@"
