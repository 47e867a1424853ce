#!/usr/bin/env bash
# Times the same scope operations in Debian's JupyterHub and here, one after the other, and prints one table of ratios.
#
#   benchmarks/compare-scopes/compare.sh            needs the Debian package jupyterhub
#
# Both sides read the same workload (workload.json), both run alone on one thread, and both report the median of their rounds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

python=/usr/bin/python3
"$python" -c 'import jupyterhub' 2>/dev/null || { echo "compare.sh: install the Debian package jupyterhub first" >&2; exit 1; }

results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT
project=../Hub.Benchmarks
dotnet build "$project" -c Release -v quiet -nologo -clp:NoSummary >&2
"$python" original.py workload.json >"$results/original.json"
dotnet "$project/bin/Release/net10.0/JupyterHub.Benchmarks.dll" compare-scopes workload.json >"$results/ours.json"
"$python" table.py "$results/original.json" "$results/ours.json"
