import type { types } from "@pulumi/command";
import { connection as schema, type Connection, type ConnectionHop } from "../../schema/connection";
import { MalformedError, parse } from "../../schema/parse";

/** Connection arguments with which `@pulumi/command` logs in to a server. */
export type CommandConnection = types.input.remote.ConnectionArgs;

/**
 * Returns a server's connection in the form that `@pulumi/command` takes. That package stores its credentials in the
 * state and reads no file of known hosts, so what this package promises about a connection must be checked here.
 *
 * @throws MalformedError when a secret would be stored that must not be, or a host key would be ignored
 */
export function commandConnection(given: unknown, subject: string): CommandConnection {
  const { proxy, ...target } = parse(schema, given, subject);
  const problems = [...problemsOf(target, ""), ...(proxy ? problemsOf(proxy, "proxy.") : [])];
  if (proxy?.proxy) problems.push("proxy.proxy: @pulumi/command goes through one bastion only");
  if (target.sudo) problems.push("sudo: @pulumi/command runs commands as the login itself; let root log in");
  if (problems.length > 0) throw new MalformedError(subject, problems);
  return { ...hopOf(target), ...(proxy && { proxy: hopOf(proxy) }) };
}

const readWhenUsed = ["privateKeyFile", "privateKeyEnv", "passwordEnv"] as const;

function problemsOf(hop: ConnectionHop, path: string): string[] {
  const unstored = readWhenUsed
    .filter((field) => hop[field] !== undefined)
    .map(
      (field) =>
        `${path}${field}: is read when it is used and never stored, but @pulumi/command stores what it logs in with; ` +
        "use an SSH agent, or privateKey or password if it may be stored encrypted",
    );
  const looksUp = hop.sshConfig
    ? [`${path}sshConfig: @pulumi/command reads no ssh_config; write out what it says`]
    : [];
  const certified = (["certificate", "certificateFile"] as const)
    .filter((field) => hop[field] !== undefined)
    .map((field) => `${path}${field}: @pulumi/command offers only the certificates of an agent; use one`);
  const isVerified = hop.insecureSkipHostKeyCheck === true || keyIn(hop.hostKey) !== undefined;
  const hostKey = `${path}hostKey: must be the server's public key; @pulumi/command does not look into known_hosts`;
  return [...unstored, ...looksUp, ...certified, ...(isVerified ? [] : [hostKey])];
}

function hopOf(hop: ConnectionHop): Omit<CommandConnection, "proxy"> {
  const { host, port, user, password, privateKey, privateKeyPassword, agentSocketPath } = hop;
  const { dialErrorLimit, perDialTimeout } = hop;
  const hostKey = keyIn(hop.hostKey);
  const all = { host, port, user, password, privateKey, privateKeyPassword, agentSocketPath, hostKey };
  return { ...all, dialErrorLimit, perDialTimeout } as Omit<CommandConnection, "proxy">;
}

/** Returns the first public key in a text in `authorized_keys` or `known_hosts` format, without what surrounds it. */
function keyIn(text: Connection["hostKey"]): string | undefined {
  return /(?:^|\s)((?:ssh|ecdsa)-[a-z0-9-]+[ \t]+[A-Za-z0-9+/]+=*)/m.exec(text ?? "")?.[1];
}
