import type { Client } from "ssh2";
import type { ErrorReporter, ServerError } from "../errors";
import type { CommandResult } from "./exec";

/**
 * Words that run a command as root. It never asks for a password: nobody could answer. The language is fixed, so that
 * refusals can be told apart.
 */
export const asRoot = ["env", "LC_ALL=C", "sudo", "-n", "--"] as const;

/** Where systems keep OpenSSH's SFTP server: RHEL and its kin, Debian and Ubuntu, SUSE, others. */
const sftpServers = [
  "/usr/libexec/openssh/sftp-server",
  "/usr/lib/openssh/sftp-server",
  "/usr/lib/ssh/sftp-server",
  "/usr/libexec/sftp-server",
];

const noSftpServer = "no sftp-server";

/**
 * Starts the SFTP server as root. The login's own shell looks for it, so that sudo is asked for nothing else. New files
 * get the modes that root's own log-in would give them, whatever the login's umask.
 */
export const sftpAsRoot = [
  "/bin/sh",
  "-c",
  `for server in ${sftpServers.join(" ")}; do ` +
    `if [ -x "$server" ]; then exec ${asRoot.join(" ")} "$server" -u 0022; fi; done; ` +
    `echo "${noSftpServer}" >&2; exit 127`,
] as const;

/** The part of ssh2 that asks a server to start something in a session. */
interface Starter {
  subsystem(channel: number, name: string, wantsReply: boolean): void;
  exec(channel: number, command: string, wantsReply: boolean): void;
}

/**
 * Has ssh2's SFTP client start this command in place of the subsystem. ssh2 has no option for it
 * (https://github.com/mscdex/ssh2/pull/1296).
 */
export function startInPlaceOfSubsystem(client: Client, command: string): void {
  const { _protocol: protocol } = client as Client & { _protocol: Starter };
  protocol.subsystem = (channel, _name, wantsReply) => protocol.exec(channel, command, wantsReply);
}

/** Makes the error for a command that sudo has not run; undefined if the command itself has ended. */
export function sudoRefusal(
  { exitCode, stderr }: CommandResult,
  phrase: string,
  reporter: ErrorReporter,
): ServerError | undefined {
  const refusal = exitCode === 0 ? undefined : refusals.find(({ isIt }) => isIt.test(stderr));
  if (!refusal) return undefined;
  // Other lines may be warnings, such as of a host name that does not resolve.
  const said = stderr.split("\n").find((line) => refusal.isIt.test(line)) ?? stderr;
  return reporter.error({ code: "missing-privilege", phrase, said, wayOut: refusal.wayOut });
}

/** Makes the error for an SFTP server that has not started; undefined if it starts now. */
export function sftpRefusal(
  result: CommandResult,
  phrase: string,
  reporter: ErrorReporter,
): ServerError | undefined {
  if (result.exitCode === 0) return undefined;
  const wrote = result.stderr.trim().split("\n").at(-1);
  const said = `sudo or the SFTP server ended with exit status ${result.exitCode}: ${wrote || "it wrote nothing"}`;
  const wayOut = "Start it by hand with this login: `sudo -n /usr/libexec/openssh/sftp-server </dev/null`.";
  return (
    sudoRefusal(result, phrase, reporter) ??
    reporter.error({ code: "missing-privilege", phrase, said, wayOut })
  );
}

const rule =
  "Allow it in /etc/sudoers.d: `LOGIN ALL=(root) NOPASSWD: /usr/libexec/openssh/sftp-server, /usr/local/cpanel/bin/whmapi1, /bin/date` " +
  "(on Ubuntu /usr/lib/openssh/sftp-server).";

/** What sudo writes when it does not run a command. */
const refusals = [
  {
    isIt: /must have a tty/,
    wayOut: "Exempt the login in /etc/sudoers.d: `Defaults:LOGIN !requiretty`.",
  },
  {
    isIt: /a password is required|terminal is required|not in the sudoers|not allowed to|may not run/,
    wayOut: rule,
  },
  {
    isIt: /sudo\W*: (.*not found|No such file)|no sftp-server/,
    wayOut:
      "Install sudo and OpenSSH's sftp-server there (openssh-server, on Debian openssh-sftp-server), or log in as root.",
  },
  {
    isIt: /^sudo: .*(effective uid|no new privileges|must be owned|syntax error|no valid sudoers|unable to (open|stat|initialize|load))/m,
    wayOut:
      "sudo does not work there for anybody: run `sudo -l` with this login, and repair it or log in as root.",
  },
] as const;
