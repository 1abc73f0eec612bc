import type { Client } from "ssh2";
import { type ErrorReporter, firstLine, type ServerError } from "../errors";
import type { CommandResult } from "./exec";
import { cureOfLogin } from "./login-cures";
import { subsystemText } from "./subsystem-text";

/** What is needed to ask a login why it has no SFTP. */
export interface AskedLogin {
  client: Client;
  reporter: ErrorReporter;
  run: (argv: readonly string[]) => Promise<CommandResult>;
}

/** Explains an SFTP session that did not open by what the login writes in its place. */
export async function missingSftp(error: ServerError, login: AskedLogin): Promise<ServerError> {
  const { client, reporter, run } = login;
  const text = await subsystemText(client).catch(() => "");
  if (text !== "")
    return reporter.error({
      ...error,
      said: "the log-in writes text where an SFTP server should answer",
      wrote: text,
      wayOut: cureOfLogin(text) ?? noText,
      cause: error,
    });
  const wrote = await run(["/bin/true"]).then(complaint, () => "");
  if (wrote === "") return error;
  return reporter.error({
    ...error,
    said: `${error.said}, and the log-in can't run /bin/true either`,
    wrote,
    wayOut: cureOfLogin(wrote) ?? "Run /bin/true by hand with this login, and repair what stops it.",
    cause: error,
  });
}

const noText =
  "Let this login have SFTP: no ForceCommand and no shell that refuses it. A ~/.bashrc may print in interactive sessions only ([[ $- == *i* ]] || return); Subsystem sftp internal-sftp in sshd_config starts no shell.";

/** sshd keeps what an SFTP server writes as an error to itself, but not what a program does. */
function complaint({ exitCode, stdout, stderr }: CommandResult): string {
  return exitCode === 0 ? "" : firstLine(stderr) || firstLine(stdout);
}
