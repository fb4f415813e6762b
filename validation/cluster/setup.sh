#!/bin/sh
# Installs what the cluster tests need: Slurm and munge, by Debian's packages where they are missing, and the packages of
# requirements.txt in an environment of their own. Does nothing when they are there, and fails where Slurm cannot be had.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
PATH=$PATH:/usr/sbin

missing=
for program in slurmctld slurmd sbatch munged; do
	command -v $program >/dev/null || missing="$missing $program"
done
if [ -n "$missing" ]; then
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
		echo "setup.sh:$missing missing; install the packages slurmctld slurmd slurm-client munge" >&2
		exit 1
	fi
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	apt-get install -qq -y --no-install-recommends slurmctld slurmd slurm-client munge >/dev/null
fi
if [ "$(id -u)" -ne 0 ]; then
	echo "setup.sh: the daemons of Slurm and munge need root here" >&2
	exit 1
fi
"$here/../readers/setup.sh" validation/cluster/requirements.txt .build/cluster
