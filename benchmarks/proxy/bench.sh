#!/usr/bin/env bash
# Puts nothing, nginx, configurable-http-proxy and ours in front of one server in turn, drives each, and writes benchmarks/results/proxy.md.
#
#   benchmarks/proxy/bench.sh                     everything; needs the Debian packages nginx, configurable-http-proxy and wrk
#   benchmarks/proxy/bench.sh --seconds 2         short runs, to see that it works
#   benchmarks/proxy/bench.sh --only http         one part: http, websockets or routes
#   benchmarks/proxy/bench.sh --output FILE       writes elsewhere
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for needed in nginx configurable-http-proxy wrk; do
    PATH=$PATH:/usr/sbin command -v "$needed" >/dev/null || { echo "bench.sh: install the Debian package $needed first" >&2; exit 1; }
done

dotnet build ../../src/Hub.Cli -c Release -v quiet -nologo -clp:NoSummary >&2
dotnet build ProxyPeers -c Release -v quiet -nologo -clp:NoSummary >&2
PATH=$PATH:/usr/sbin exec /usr/bin/python3 bench.py "$@"
