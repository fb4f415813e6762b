#!/bin/sh
# Makes anew the outputs that the reader tests read: runs.sh OUT writes OUT, OUT-small and so on, with the program that
# stands in PORTALSIM, or go run.
set -eu

cd "$(dirname "$0")/../.."
out=$1

portalsim() {
	kind=$1
	shift
	rm -rf "$out$kind"
	${PORTALSIM:-go run ./cmd/portalsim} "$@" --quiet --out "$out$kind" >/dev/null
}

portalsim "" compare baseline education --thread-log sample --event-log sample
portalsim -small compare baseline education --replications 2 --set run.measure=4w --thread-log sample \
	--front 'first_response_h_mean[channel=portal]' --front after_hours_min_per_clinician_week
portalsim -log compare baseline education --no-ceiling --replications 2 --set run.measure=5w --thread-log all --event-log all
portalsim -uncertain compare baseline education --uncertainty --draws 24 --set run.measure=8w --set plausible=null
portalsim -saltelli sweep validation/readers/saltelli.yaml
portalsim -morris sweep validation/readers/morris.yaml
portalsim -warmup warmup baseline --weeks 10 --replications 3 --set patients.count=300
