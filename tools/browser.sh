#!/bin/sh
# Prints where Chromium is, installing Debian's (with fonts for Vietnamese and Chinese) where there is none.
# CHROMIUM=… names another.
set -eu
for one in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$one" ] && command -v "$one" >/dev/null; then command -v "$one"; exit 0; fi
done
command -v apt-get >/dev/null || { echo "browser: install Chromium, or name one: CHROMIUM=/path/to/chromium make test-browser" >&2; exit 1; }
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
echo "browser: installing Chromium, once" >&2
export DEBIAN_FRONTEND=noninteractive
install() { $as_root apt-get install -y -q --no-install-recommends chromium fonts-noto-core fonts-wqy-zenhei >&2; }
install || { $as_root apt-get update -q >&2 && install; }
command -v chromium
