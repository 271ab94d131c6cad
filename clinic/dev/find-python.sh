# Sets $python to a Python of 3.11 or newer, or says what is missing. Read by ./run and ./test.
python=
for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    found=$(python3 --version 2>&1 || echo "no python3 at all")
    echo "Tideline needs Python 3.11 or newer, and this machine has: $found." >&2
    echo "Install it (on Debian: apt-get install python3 python3-venv), or name it: PYTHON=/path/to/python3 $0" >&2
    exit 1
fi
