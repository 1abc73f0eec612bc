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
# Further names of both, each with another shell or folder: test/testbed/logins.ts gives them what belongs to it.
for shell in tcsh fish zsh; do
  echo "$shell:x:0:0::/root:/usr/local/bin/$shell" >>/run/passwd
  echo "deploy-$shell:x:1500:1500::/:/usr/local/bin/$shell" >>/run/passwd
done
cat >>/run/passwd <<'LOGINS'
restricted:x:0:0::/root:/bin/rbash
nologin:x:0:0::/root:/usr/sbin/nologin
noisy:x:0:0::/home/noisy:/bin/bash
masked:x:0:0::/home/masked:/bin/bash
expired:x:0:0::/root:/bin/bash
stale:x:0:0::/root:/bin/bash
dropbear:x:0:0::/run/dropbear:/bin/bash
LOGINS
mount --bind /run/passwd /etc/passwd
hash="$(perl -e 'print crypt($ENV{BED_PASSWORD}, q($6$bed$))')"
(umask 077 && cat >/run/shadow <<LOGINS
root:$hash:20000:0:99999:7:::
sshd:!:20000::::::
deploy:*:20000::::::
expired:$hash:20000:0:99999:7::1:
stale:$hash:0:0:99999:7:::
LOGINS
)
mount --bind /run/shadow /etc/shadow
mkdir /run/pam.d # What sshd asks with UsePAM yes.
printf '%s required pam_unix.so\n' auth account password session >/run/pam.d/sshd
[ ! -d /etc/pam.d ] || mount --bind /run/pam.d /etc/pam.d
"$@" # Without exec: the first process has to wait for those whose parents have ended, which a shell does.
