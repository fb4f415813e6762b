#!/bin/sh
# Installs what package-lock.json names, for test_node.py. Does nothing when it is there.
set -eu

cd "$(dirname "$0")"
if ! command -v npm >/dev/null; then
	echo "setup.sh: there is no npm; install Node 20 or newer" >&2
	exit 1
fi
if ! cmp -s package-lock.json node_modules/.stamp; then
	npm ci --silent --no-audit --no-fund
	cp package-lock.json node_modules/.stamp
fi
