#!/bin/sh
# Installs what the browser tests need: a Chromium and a Firefox, by Debian's packages where there is none, and the packages of
# requirements.txt in an environment of their own. Does nothing when they are there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

missing=
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="chromium fonts-dejavu-core"
command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing="$missing firefox-esr"
if [ -n "$missing" ]; then
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
		echo "setup.sh: a browser is missing; install the packages $missing" >&2
		exit 1
	fi
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	# shellcheck disable=SC2086 # names of packages, one word each
	apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi
"$here/../readers/setup.sh" validation/browser/requirements.txt .build/browser
