#!/usr/bin/env bash
# Compiles a console app with all of JupyterHub.Rbac's sources to native code, with every warning an error, and runs it. Needs gcc and zlib.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
output="$(mktemp -d)"
trap 'rm -rf "$output"' EXIT
dotnet publish Hub.NativeDecisions.csproj -c Release -o "$output" -v quiet -nologo
"$output/JupyterHub.NativeDecisions"
