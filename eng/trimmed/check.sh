#!/usr/bin/env bash
# Publishes a console app with the whole of JupyterHub.Rbac trimmed, with every warning an error, and runs it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
output="$(mktemp -d)"
trap 'rm -rf "$output"' EXIT
dotnet publish Hub.TrimmedDecisions.csproj -c Release -o "$output" -v quiet -nologo
"$output/JupyterHub.TrimmedDecisions"
