#!/usr/bin/env bash
# Builds everything once and runs every test. The last line is "N passed, N failed".
#
#   ./test.sh                     all tests but the long soaks
#   ./test.sh --soak              the soaks too: [Trait("Category", "Soak")]
#   ./test.sh --filter EXPRESSION only tests that match, as in dotnet test --filter
#
# The tests run against real components. On Debian what is missing is installed through apt; elsewhere this script
# says what is missing and fails. A skipped test counts as failed, and so does a project that runs no test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

configuration=Release
results="$PWD/TestResults"
soak=false
filter=""

usage() { sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

while (($# > 0)); do
    case "$1" in
        --soak) soak=true ;;
        --filter) filter="${2:?--filter needs an expression}"; shift ;;
        --filter=*) filter="${1#--filter=}" ;;
        -h | --help) usage; exit 0 ;;
        *) echo "test.sh: unknown argument '$1'" >&2; usage >&2; exit 2 ;;
    esac
    shift
done

# ---- Real components -------------------------------------------------------------------------------------------

have() { command -v "$1" >/dev/null 2>&1; }
has_module() { "$python" -c "import importlib.util, sys; sys.exit(importlib.util.find_spec('$1') is None)" 2>/dev/null; }

# Debian's packages bring modules for Debian's own Python, whatever else is first on the PATH.
python=python3
[[ ! -x /usr/bin/python3 || ! -f /etc/debian_version ]] || python=/usr/bin/python3

# One line for each missing component: the Debian package that brings it.
missing_components() {
    have jupyterhub-singleuser || echo jupyterhub
    has_module notebook || echo jupyter-notebook
    has_module jupyter_server || echo python3-jupyter-server
    has_module ipykernel || echo python3-ipykernel
    has_module tornado || echo python3-tornado
    # Services that the hub runs, by frameworks of other people's making.
    has_module flask || echo python3-flask
    has_module fastapi || echo python3-fastapi
    has_module uvicorn || echo python3-uvicorn
    has_module requests || echo python3-requests
    have configurable-http-proxy || echo node-configurable-http-proxy
    have chromium || echo chromium
    { have setsid && have setpriv; } || echo util-linux
    # Links the scope engine when it is compiled to native code.
    have gcc || echo gcc
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        echo "test.sh: root or sudo is needed to run: $*" >&2
        return 1
    fi
}

install_components() {
    local log="$results/apt.log" missing
    mapfile -t missing < <(missing_components)
    ((${#missing[@]} > 0)) || return 0
    if [[ ! -f /etc/debian_version ]] || ! have apt-get; then
        echo "test.sh: these components are missing (named as in Debian): ${missing[*]}" >&2
        echo "Install them so that jupyterhub-singleuser and chromium are on the PATH, then run this again." >&2
        exit 1
    fi

    echo "Installing ${missing[*]} ..."
    if ! { as_root apt-get update \
        && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        echo "test.sh: apt could not install ${missing[*]}; its output is in $log" >&2
        exit 1
    fi

    mapfile -t missing < <(missing_components)
    ((${#missing[@]} == 0)) || { echo "test.sh: still missing after apt: ${missing[*]}" >&2; exit 1; }
}

# ---- Build -----------------------------------------------------------------------------------------------------

build() {
    have dotnet || { echo "test.sh: the .NET SDK is missing; global.json names its version" >&2; exit 1; }
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
    # No build process outlives this script: one that holds its output open would keep a caller waiting.
    export MSBUILDDISABLENODEREUSE=1
    echo "Building ($configuration) ..."
    # One compiler for all projects, which is warm after the first.
    local status=0
    dotnet build Hub.sln -c "$configuration" -v quiet -nologo -clp:NoSummary -p:RestoreLockedMode=true \
        -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" || status=$?
    end_compiler
    return "$status"
}

compiler="hub-tests-$$"

end_compiler() {
    local line
    for line in $(grep -lszxF -- "-pipename:$compiler" /proc/[0-9]*/cmdline); do
        kill "$(basename "$(dirname "$line")")" 2>/dev/null || true
    done
}

# ---- Tests -----------------------------------------------------------------------------------------------------

test_filter() {
    local soaks="Category!=Soak"
    if $soak; then
        echo "$filter"
    elif [[ -n "$filter" ]]; then
        echo "($filter)&$soaks"
    else
        echo "$soaks"
    fi
}

# Runs one project; leaves "passed failed skipped seconds" in its .count file, and its output in its .log file.
run_project() {
    local name="$1" start=$SECONDS counts total passed failed expression status=0
    local arguments=(--logger "trx;LogFileName=$name.trx" --results-directory "$results"
        --blame-hang-timeout 20m --blame-hang-dump-type none)
    expression="$(test_filter)"
    [[ -z "$expression" ]] || arguments+=(--filter "$expression")
    dotnet test "$(assembly_of "$name")" "${arguments[@]}" >"$results/$name.log" 2>&1 </dev/null || status=$?

    counts=""
    [[ ! -f "$results/$name.trx" ]] || counts="$(
        sed -n 's/.*<Counters total="\([0-9]*\)" executed="[0-9]*" passed="\([0-9]*\)" failed="\([0-9]*\)".*/\1 \2 \3/p' \
            "$results/$name.trx")"
    read -r total passed failed <<<"${counts:-0 0 0}"
    # A run that broke off without naming a failed test is one failure.
    ((status == 0 || failed > 0)) || failed=1
    echo "$passed $failed $((total > passed + failed ? total - passed - failed : 0)) $((SECONDS - start))" >"$results/$name.count"
    report "$name" "$passed" "$failed"
}

assembly_of() { echo "tests/$1/bin/$configuration/net10.0/${1/#Hub./JupyterHub.}.dll"; }

# Progress as projects finish; whole lines, as two may finish at once.
report() {
    local name="$1" passed="$2" failed="$3"
    if ((failed > 0)); then
        printf '%s\n' "FAILED $name" "$(grep -vE '^(VSTest|Starting test|A total of|Results File)' "$results/$name.log")"
    else
        echo "done   $name ($passed)"
    fi
}

# Two projects at a time, those that take longest first: what comes last is short, and both processors have work until then.
run_all() {
    local project name first=(Hub.Pages.Tests Hub.IntegrationTests Hub.AspNetCore.Tests Hub.Proxy.Tests) others=()
    for project in tests/*/*.csproj; do
        name="$(basename "$project" .csproj)"
        [[ "$name" == Hub.Testing || " ${first[*]} " == *" $name "* ]] || others+=("$name")
    done
    for name in "${first[@]}" "${others[@]}"; do
        while (($(jobs -rp | wc -l) >= 2)); do wait -n || true; done
        run_project "$name" &
    done
    wait
}

summarize() {
    local file name passed failed skipped seconds passed_in_all=0 failed_in_all=0
    printf '\n%-28s %8s %8s %8s %8s\n' project passed failed skipped seconds
    for file in "$results"/*.count; do
        name="$(basename "$file" .count)"
        read -r passed failed skipped seconds <"$file"
        printf '%-28s %8d %8d %8d %8d\n' "$name" "$passed" "$failed" "$skipped" "$seconds"
        if ((passed + failed + skipped == 0)) && [[ -z "$filter" ]]; then
            echo "    $name ran no test: counted as one failure"
            failed=1
        fi
        ((skipped == 0)) || echo "    $skipped skipped in $name: counted as failed"
        ((passed_in_all += passed, failed_in_all += failed + skipped, 1))
    done

    if ((passed_in_all + failed_in_all == 0)); then
        echo "No test matches the filter."
        failed_in_all=1
    fi
    printf '\n%d passed, %d failed\n' "$passed_in_all" "$failed_in_all"
    ((failed_in_all == 0))
}

# Leaves nothing running when it is interrupted.
trap 'trap - INT TERM; { jobs -rp | xargs -r kill 2>/dev/null || true; }; end_compiler; exit 130' INT TERM

rm -rf "$results"
mkdir -p "$results"
install_components
build
run_all
summarize
