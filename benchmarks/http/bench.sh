#!/usr/bin/env bash
# Loads Debian's JupyterHub and ours in turn with the same requests, then ours alone with many users, and writes benchmarks/results/http.md.
#
#   benchmarks/http/bench.sh                     everything; needs the Debian packages jupyterhub and wrk
#   benchmarks/http/bench.sh --seconds 2         short runs, to see that it works
#   benchmarks/http/bench.sh --only compare      without the run with 100,000 users (or: --only large)
#   benchmarks/http/bench.sh --output FILE       writes elsewhere
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

python=/usr/bin/python3
"$python" -c 'import jupyterhub' 2>/dev/null || { echo "bench.sh: install the Debian package jupyterhub first" >&2; exit 1; }
command -v wrk >/dev/null || { echo "bench.sh: install the Debian package wrk first" >&2; exit 1; }

dotnet build ../../samples/SampleHost -c Release -v quiet -nologo -clp:NoSummary >&2
exec "$python" bench.py "$@"
