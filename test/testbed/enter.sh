#!/usr/bin/env bash
# Runs a command for which `unshare --net --mount --pid` has made a world of its own: a loopback network, an empty /run, and
# what sshd needs of a system (users without privileges, a password for root). Nothing of it is left when it ends.
set -euo pipefail
umask 022 # sshd refuses a root directory that others may write, whatever the mask of whoever calls.
# SIOCSIFFLAGS with IFF_UP: `ip` is not on every machine, perl is.
perl -MSocket -e 'socket(my $any, AF_INET, SOCK_DGRAM, 0) or die; my $lo = pack("a16 s x22", "lo", 1);
  ioctl($any, 0x8914, $lo) or die "lo: $!"'
mount -t tmpfs -o mode=0755 tmpfs /run
mkdir /run/sshd
cp /etc/passwd /run/passwd
grep -q '^sshd:' /run/passwd || echo 'sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin' >>/run/passwd
echo 'deploy:x:1500:1500::/:/bin/bash' >>/run/passwd # Somebody who is not root, for sudo.
mount --bind /run/passwd /etc/passwd
hash="$(perl -e 'print crypt($ENV{BED_PASSWORD}, q($6$bed$))')"
(umask 077 && printf 'root:%s:20000:0:99999:7:::\nsshd:!:20000::::::\ndeploy:*:20000::::::\n' "$hash" >/run/shadow)
mount --bind /run/shadow /etc/shadow
"$@" # Without exec: the first process has to wait for those whose parents have ended, which a shell does.
