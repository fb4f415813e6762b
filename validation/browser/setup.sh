#!/bin/sh
# Installs what the browser tests need: a Chromium, by Debian's package where there is none, and the packages of
# requirements.txt in an environment of their own. Does nothing when they are there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
		echo "setup.sh: there is no Chromium; install the package chromium" >&2
		exit 1
	fi
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi
"$here/../readers/setup.sh" validation/browser/requirements.txt .build/browser
