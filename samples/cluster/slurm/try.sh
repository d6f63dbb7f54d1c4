#!/usr/bin/env bash
# Runs project.sbatch on a Slurm of its own: one node, this machine, and four array tasks, one of which is killed in the middle and
# queued again. Its results are compared bit for bit with those of one process. Needs root and Debian's packages slurm-wlm and munge.
#
#   samples/cluster/slurm/try.sh [PROGRAM]     PROGRAM: a built StyleGan2.Encoder.dll; built by this script if left out
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
steps=${STEPS:-300}
work=$(mktemp -d)
chmod 755 "$work"
daemons=()

fail() {
    echo "try.sh: $*" >&2
    tail -n 20 "$work"/*.log >&2 || true
    exit 1
}

stop_all() {
    scancel --quiet --full --user root 2>/dev/null || true
    for pid in "${daemons[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$work"
}

# Waits until a command succeeds: wait_for SECONDS WHAT COMMAND...
wait_for() {
    local limit=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$limit" ] || fail "waited too long for $what"
        sleep 0.2
    done
}

start_munge() {
    install -d -o munge -g munge -m 755 "$work/munge"
    head -c 1024 /dev/urandom >"$work/munge/key"
    chown munge: "$work/munge/key"
    chmod 400 "$work/munge/key"
    setpriv --reuid munge --regid munge --clear-groups munged --foreground --key-file "$work/munge/key" --socket "$work/munge/socket" \
        --pid-file "$work/munge/pid" --seed-file "$work/munge/seed" >"$work/munged.log" 2>&1 &
    daemons+=($!)
    wait_for 20 munge test -S "$work/munge/socket"
}

start_slurm() {
    local node cpus memory
    node=$(hostname -s)
    cpus=$(nproc)
    memory=$(($(awk '/MemTotal/ { print $2 }' /proc/meminfo) / 1024 * 9 / 10))
    mkdir "$work/state" "$work/spool"
    cat >"$work/slurm.conf" <<CONF
ClusterName=try
SlurmctldHost=$node
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
SlurmUser=root
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldPort=26817
SlurmdPort=26818
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=bf_interval=1,batch_sched_delay=0,sched_interval=1
ReturnToService=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
CONF
    export SLURM_CONF="$work/slurm.conf"
    slurmctld -D -i >"$work/slurmctld.log" 2>&1 &
    daemons+=($!)
    slurmd -D >"$work/slurmd.log" 2>&1 &
    daemons+=($!)
    wait_for 60 "an idle node" sh -c 'sinfo --noheader --format %t | grep -qx idle'
}

submit() {
    sbatch --parsable --array=0-3 --cpus-per-task=1 --mem=2G --time=60 --output="$work/%x-%A_%a.log" \
        "$here/project.sbatch" "$repository/samples/portraits" "$work/array" --num-steps "$steps" --checkpoint-every 0.5
}

# The processes of a task's program.
programs_of() {
    local environment
    for environment in $(grep -lzxs "SLURM_ARRAY_TASK_ID=$1" /proc/[0-9]*/environ); do
        tr '\0' ' ' <"${environment%environ}cmdline" | grep -q '^dotnet .*project_images' && basename "$(dirname "$environment")"
    done
}

# Kills the program of a task while it projects, and queues the task again.
kill_one() {
    local log=$work/project_images-$1_$2.log pid
    wait_for 300 "task $2 to write a checkpoint" sh -c "ls '$work'/array/.stylegan2-checkpoint-portrait-01.npz"
    pid=$(programs_of "$2") || fail "task $2 has no process; its log: $(cat "$log")"
    kill -KILL $pid
    scontrol requeue "$1_$2"
    echo "try.sh: killed task $2 (process $pid) and queued it again"
}

is_over() {
    [ -z "$(squeue --noheader --job "$1")" ]
}

[ "$(id -u)" = 0 ] || fail "run it as root"
for command in slurmctld slurmd sbatch munged; do
    command -v "$command" >/dev/null || fail "$command is missing: apt-get install slurm-wlm munge"
done
trap stop_all EXIT

program=${1:-}
if [ -z "$program" ]; then
    dotnet build -c Release -v q "$repository/StyleGan2.Encoder"
    program=$repository/StyleGan2.Encoder/bin/Release/net10.0/StyleGan2.Encoder.dll
fi
export STYLEGAN2_ENCODER="dotnet $program"

echo "try.sh: one process"
dotnet "$program" project_images "$repository/samples/portraits" "$work/single" --num-steps "$steps" --threads 1 >"$work/single.log"
start_munge
start_slurm
job=$(submit)
echo "try.sh: job array $job"
kill_one "$job" 0
wait_for 1200 "the job array" is_over "$job"
grep -h 'from step' "$work/project_images-${job}_0.log" || fail "task 0 did not go on from its checkpoint"
compared=0
for file in "$work"/single/*.png "$work"/single/*.npy; do
    cmp "$file" "$work/array/$(basename "$file")" || fail "$(basename "$file") differs"
    compared=$((compared + 1))
done
[ "$compared" -gt 0 ] || fail "there are no results"
echo "try.sh: $compared files of the job array have the bits of one process"
