#!/bin/sh
# Installs the readers of requirements.txt into .venv at the root of the repository, or the packages of another file into
# another environment: setup.sh [REQUIREMENTS ENVIRONMENT], as paths from the root. Does nothing when they are there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}
venv=$root/${2:-.venv}
requirements=$root/${1:-validation/readers/requirements.txt}

# The stamp is what was installed: these requirements, and those they name, for this Python.
wanted=$({
	"$python" --version
	cat "$requirements"
	sed -n 's/^-r //p' "$requirements" | while read -r more; do cat "$(dirname "$requirements")/$more"; done
} | sha256sum | cut -d ' ' -f 1)
if [ -x "$venv/bin/python" ] && [ "$(cat "$venv/.stamp" 2>/dev/null || true)" = "$wanted" ]; then
	exit 0
fi

# Debian keeps the part of Python that makes environments in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
		echo "setup.sh: $python cannot make environments; install the package python3-venv" >&2
		exit 1
	fi
	apt-get update -qq
	apt-get install -qq -y python3-venv
fi

"$python" -m venv --clear "$venv"
"$venv/bin/pip" install --quiet --no-compile --disable-pip-version-check --requirement "$requirements"
echo "$wanted" >"$venv/.stamp"
