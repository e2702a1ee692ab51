# SPDX-License-Identifier: GPL-3.0-or-later
# What installer/quickstart and tests/run share: messages, Debian packages, builds, ending child processes. Sourced by bash.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [[ -t 1 && -z ${NO_COLOR-} ]]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; else bold='' dim='' plain=''; fi
say() { printf '%s\n' "${bold}$*${plain}"; }
note() { printf '%s\n' "${dim}$*${plain}"; }
fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# The lines of installer/packages/PURPOSE… without comments and spare blanks: "name", "a | b" or "a | b (command or file)".
package_lines() {
    local purpose
    for purpose; do
        sed -e 's/#.*//' -e 's/[[:space:]]\+/ /g' -e 's/^ //' -e 's/ $//' -e '/^$/d' "$project/installer/packages/$purpose"
    done | sort -u
}

# The alternatives of each of these lines that nothing on this machine satisfies.
missing_packages() {
    declare -A installed=()
    local name state line alternative proof
    while read -r name state; do
        [[ $state == installed ]] && installed[$name]=1
    done < <(dpkg-query --show --showformat='${Package} ${db:Status-Status}\n')
    while read -r line; do
        if [[ $line =~ \((.+)\) ]]; then
            proof=${BASH_REMATCH[1]}
            line=${line%% (*}
            { command -v "$proof" || compgen -G "$proof"; } >/dev/null && continue
        else
            for alternative in ${line//|/ }; do
                [[ -n ${installed[$alternative]-} ]] && continue 2
            done
        fi
        printf '%s\n' "$line"
    done < <(package_lines "$@")
}

# The first alternative of each line on standard input that this release offers.
offered_packages() {
    local line alternative
    while read -r line; do
        for alternative in ${line//|/ }; do
            if [[ -n $(apt-cache show --no-all-versions "$alternative" 2>/dev/null) ]]; then
                printf '%s\n' "$alternative"
                continue 2
            fi
        done
        printf '%s\n' "${line%% *}" # apt-get will say that it knows no such package
    done
}

as_root() {
    if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# install_packages PURPOSE…: installs what is missing, asking first on a terminal unless $assume_yes is set.
install_packages() {
    command -v dpkg-query >/dev/null || {
        note "This is not Debian or Ubuntu: install what $project/installer/packages lists yourself."
        return
    }
    local missing answer packages cluster=/etc/postgresql-common/createcluster.d/patio.conf made_cluster_file=''
    missing=$(missing_packages "$@")
    [[ -n $missing ]] || return 0
    say "These packages are missing:"
    printf '%s\n' "$missing" | sed 's/ |.*//' | paste -sd' ' | fold -s -w 100 | sed 's/^/  /'
    if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
        fail "installing them needs root: become root and start again, or install sudo."
    fi
    if [[ -t 0 && -z ${assume_yes-} ]]; then
        read -r -p "Install them now? [Y/n] " answer
        [[ -z $answer || $answer == [yY]* ]] || fail "nothing was installed. Install them and start again."
    fi
    as_root apt-get update -q || fail "apt-get update failed; its message is above."
    mapfile -t packages < <(offered_packages <<<"$missing")
    # Debian's PostgreSQL package starts a system-wide cluster. Patio has its own, so none is made that was not there before.
    if [[ "${packages[*]}" == *postgresql-* && ! -e $cluster ]]; then
        as_root mkdir -p "$(dirname "$cluster")"
        echo 'create_main_cluster = false' | as_root tee "$cluster" >/dev/null
        made_cluster_file=1
    fi
    local status=0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}" || status=$?
    if [[ -n $made_cluster_file ]]; then
        as_root rm -f "$cluster"
        as_root rmdir --ignore-fail-on-non-empty "$(dirname "$cluster")"
    fi
    [[ $status -eq 0 ]] || fail "apt-get install failed; its message is above."
}

# build FOLDER PRESET [TARGET…]: configures FOLDER once and builds it, quietly when there is nothing to do.
build() {
    local folder=$1 preset=$2
    shift 2
    if [[ ! -f $folder/build.ninja ]]; then
        (cd "$project" && cmake --preset "$preset" -B "$folder") || fail "CMake could not configure $folder; its message is above."
    fi
    cmake --build "$folder" ${*:+--target "$@"} || fail "the build failed; the compiler's message is above."
}

# end_process PID SECONDS: asks a child to end and waits; kills what has not ended by then.
end_process() {
    local pid=$1 tenths=$(($2 * 10))
    kill -TERM "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null && ((tenths-- > 0)); do sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null && note "Process $pid had not ended after $2 s and was killed."
    wait "$pid" 2>/dev/null
    return 0
}
