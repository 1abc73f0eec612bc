/** What a login writes where it does not work as it should, and the cure. The words are those of Linux, sshd and bash. */
const cures: readonly (readonly [text: RegExp, cure: string])[] = [
  [
    /password (?:has )?expired|change (?:your|the) password|password change required/i,
    "Change the password of this login by hand, or let it never expire (`chage -M -1 LOGIN`): until then sshd runs nothing for it, with a key neither.",
  ],
  [
    /account (?:has|is) (?:expired|locked|disabled)/i,
    "Let this account last on the server: `chage -E -1 LOGIN`, and unlock it with `usermod -U LOGIN`.",
  ],
  [
    /allows sftp connections only/i,
    "ForceCommand internal-sftp lets no program run: take it away for this login, or give the server `api`.",
  ],
  [
    /sftp-server: .*(?:not found|no such file)/i,
    "Install OpenSSH's SFTP server at that path (openssh-server, on Debian openssh-sftp-server); with sshd, Subsystem sftp internal-sftp needs none.",
  ],
  [
    /: restricted: |account is currently not available|not allowed to execute/i,
    "Give this login a shell that runs programs: `usermod -s /bin/bash LOGIN`.",
  ],
];

/** Says what to do about a login that wrote this; nothing if it may be the text of a program that ran. */
export function cureOfLogin(text: string): string | undefined {
  return cures.find(([pattern]) => pattern.test(text))?.[1];
}
