import { readFile } from "node:fs/promises";
import type { BaseAgent } from "ssh2";
import type { ApiAccess } from "../schema/api-access";
import type { ConnectionHop } from "../schema/connection";
import type { ErrorReporter } from "./errors";
import { expandHome } from "./expand-home";
import { Secret } from "./secret";
import type { GivenCertificate } from "./ssh/certificates/user-certificate";

/** Credentials for an SSH log-in, in the order in which they are offered. */
export interface SshCredentials {
  privateKey?: Secret | undefined;
  passphrase?: Secret | undefined;
  /** Of the private key; without one, of a key of the agent. */
  certificate?: GivenCertificate | undefined;
  agentSocket?: string | undefined;
  /** The one key of the agent to use: a public key, or its fingerprint. */
  identity?: string | undefined;
  /** Keys of files and of an agent, as OpenSSH's client configuration names them. */
  identities?: BaseAgent;
  password?: Secret | undefined;
}

/** Added whenever a server refuses a credential: usually the state is older than the credential. */
export const refusedCredentialWayOut =
  "Check that it is right, not expired, and accepted from the address that uses it. Refresh and destroy use the " +
  "credentials stored in the state: after a change run `pulumi up --refresh=false` once, or add --run-program to " +
  "refresh, --run-program --refresh=false to destroy.";

/** Resolves the credentials of a hop at the time of use. `field` is the place of the hop in the settings. */
export async function sshCredentials(
  hop: ConnectionHop,
  field: string,
  reporter: ErrorReporter,
): Promise<SshCredentials> {
  const source = new CredentialSource(reporter, "log in over SSH", field);
  const privateKey =
    source.given(hop.privateKey) ??
    (await source.file("privateKeyFile", hop.privateKeyFile)) ??
    source.variable("privateKeyEnv", hop.privateKeyEnv);
  const password = source.given(hop.password) ?? source.variable("passwordEnv", hop.passwordEnv);
  const { identity } = hop;
  const certificate = await givenCertificate(hop, field, reporter);
  const needsAgent = identity !== undefined || (!privateKey && (!password || certificate !== undefined));
  const agentSocket = hop.agentSocketPath ?? (needsAgent ? process.env["SSH_AUTH_SOCK"] : undefined);
  if (needsAgent && !agentSocket) throw noAgent(source, field, hop);
  const passphrase = source.given(hop.privateKeyPassword);
  return { privateKey, passphrase, certificate, agentSocket, identity, password };
}

/** Reads the certificate that a hop names, or else the one beside its key file. */
export async function givenCertificate(
  hop: ConnectionHop,
  field: string,
  reporter: ErrorReporter,
): Promise<GivenCertificate | undefined> {
  const source = new CredentialSource(reporter, "log in over SSH", field);
  const { certificate, certificateFile, privateKey, privateKeyFile } = hop;
  const named = source.given(certificate) ?? (await source.file("certificateFile", certificateFile));
  if (named) {
    const place = certificate === undefined ? `certificateFile ${certificateFile}` : "certificate";
    return { text: named, place: `${field}.${place}`, isImplied: false };
  }
  if (privateKeyFile === undefined || privateKey !== undefined) return undefined;
  const place = certificateBeside(privateKeyFile);
  const text = await readFile(expandHome(place), "utf8").catch(() => undefined);
  return text === undefined ? undefined : { text: new Secret(text), place, isImplied: true };
}

/** Returns where OpenSSH looks for the certificate of a key file. */
export function certificateBeside(keyFile: string): string {
  return `${keyFile}-cert.pub`;
}

/** Makes the error for a log-in that needs an agent where there is none. */
function noAgent(source: CredentialSource, field: string, hop: ConnectionHop): Error {
  const needing = (["identity", "certificate", "certificateFile"] as const).find(
    (name) => hop[name] !== undefined,
  );
  if (needing === undefined)
    return source.missing("no credential is given and SSH_AUTH_SOCK is not set", `${field}.privateKeyFile`);
  const what = needing === "identity" ? "is a key of an agent" : "is given without its private key";
  const better = needing === "identity" ? "agentSocketPath" : "privateKeyFile or agentSocketPath";
  return source.missing(`${field}.${needing} ${what}, and SSH_AUTH_SOCK is not set`, `${field}.${better}`);
}

/** Resolves the API token at the time of use. */
export async function apiToken(access: ApiAccess, reporter: ErrorReporter): Promise<Secret> {
  const source = new CredentialSource(reporter, "use the WHM API", "api");
  const token =
    source.given(access.token) ??
    (await source.file("tokenFile", access.tokenFile)) ??
    source.variable("tokenEnv", access.tokenEnv);
  if (!token) throw source.missing("no API token is given", "api.token, api.tokenFile or api.tokenEnv");
  const trimmed = reporter.hide(new Secret(token.reveal().trim()));
  // Checks it before sending: the HTTP library would refuse invalid characters, and a change would count as uncertain.
  if (/^[!-<>-~]+$/.test(trimmed.reveal())) return trimmed;
  throw reporter.error({
    code: "invalid-value",
    phrase: "use the WHM API",
    said: "the API token is empty, or holds a blank, an equals sign or a character that is not printable ASCII",
    wayOut: "Store the token alone: WHM shows it once, when it is made.",
  });
}

class CredentialSource {
  constructor(
    private readonly reporter: ErrorReporter,
    private readonly phrase: string,
    private readonly field: string,
  ) {}

  given(value: string | undefined): Secret | undefined {
    return value === undefined ? undefined : this.reporter.hide(new Secret(value));
  }

  async file(name: string, path: string | undefined): Promise<Secret | undefined> {
    if (path === undefined) return undefined;
    const place = `${this.field}.${name}`;
    const text = await readFile(expandHome(path), "utf8").catch((error: NodeJS.ErrnoException) => {
      throw this.missing(`the file ${path} of ${place} cannot be read (${reasonOf(error)})`, place);
    });
    if (name === "privateKeyFile" && publicKey.test(text)) {
      throw this.missing(`the file ${path} of ${place} holds a public key`, place, privatePathOf(path));
    }
    return this.given(text);
  }

  variable(name: string, variable: string | undefined): Secret | undefined {
    if (variable === undefined) return undefined;
    const value = process.env[variable];
    if (value) return this.given(value);
    throw this.missing(
      `the environment variable ${variable} of ${this.field}.${name} is not set`,
      `${this.field}.${name}`,
    );
  }

  /** Makes the error. `better` is what is probably meant. */
  missing(said: string, field: string, better?: string): Error {
    const hint = better === undefined ? "" : `, probably ${better}`;
    return this.reporter.error({
      code: "missing-credential",
      phrase: this.phrase,
      said,
      wayOut: `Set ${field} of this server to a credential that this machine can read${hint}.`,
    });
  }
}

/** Returns where the private key of a public one usually lies. */
function privatePathOf(path: string): string | undefined {
  return /^(.*?)(?:-cert)?\.pub$/.exec(path)?.[1];
}

/** How a public key begins: OpenSSH's, RFC 4716's and PEM's. */
const publicKey = /^\s*(?:(?:ssh|ecdsa|sk)-[\w@.-]+ AAAA|-{4,5} ?BEGIN (?:SSH2 |RSA )?PUBLIC KEY)/;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of the path is no directory",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
};

function reasonOf({ code = "unreadable" }: NodeJS.ErrnoException): string {
  return reasons[code] ? `${code}: ${reasons[code]}` : code;
}
