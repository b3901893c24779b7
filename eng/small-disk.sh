#!/usr/bin/env bash
# Runs a command with a small, empty file system in a folder that exists: small-disk.sh FOLDER SIZE COMMAND [ARGUMENT...], where SIZE is as
# in 64m. Nobody else sees the file system, temporary folders of the command are in it, and it ends with its last process. Others find it
# below /proc/PID/root, where PID is this script's.
set -euo pipefail

export folder=$1 size=$2
shift 2
cannot="A small file system is needed to see what a full disk does, and this user may not mount one. Allow it: run as root with the \
capability SYS_ADMIN (of a container: --cap-add SYS_ADMIN), or let users have namespaces of their own (sysctl -w user.max_user_namespaces=1000; \
on Ubuntu also kernel.apparmor_restrict_unprivileged_userns=0; of a container: --security-opt seccomp=unconfined)."
inside='mount -t tmpfs -o "size=$size,mode=1777" none "$folder" || { echo "$cannot" >&2; exit 2; }
export TMPDIR=$folder'
export cannot

if [ "$(id -u)" -eq 0 ]; then
  unshare --mount true 2>/dev/null || { echo "$cannot" >&2; exit 2; }
  exec unshare --mount bash -c "$inside; exec \"\$@\"" small-disk "$@"
fi

# As root of a namespace of its own it may mount; the command is whom it was before
user=$(id -u) group=$(id -g)
export user group
unshare --user --map-root-user --mount true 2>/dev/null || { echo "$cannot" >&2; exit 2; }
exec unshare --user --map-root-user --mount bash -c "$inside; exec unshare --user --map-user=\$user --map-group=\$group \"\$@\"" small-disk "$@"
