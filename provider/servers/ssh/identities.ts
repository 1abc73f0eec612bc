import { readFile } from "node:fs/promises";
import { BaseAgent, createAgent, type ParsedKey, type SigningRequestOptions, utils } from "ssh2";
import type { ErrorReporter } from "../errors";
import type { Secret } from "../secret";
import { agentKeys } from "./agent-keys";
import type { IdentityPlaces } from "./config/host-settings";
import { parsePrivateKey } from "./private-key";

/** A key that can be offered, and how it signs. */
interface Identity {
  readonly key: ParsedKey;
  sign(data: Buffer, options: SigningRequestOptions): Promise<Buffer>;
}

/** A key file: its private key, or only its public key if it is encrypted or a public key itself. */
interface KeyFile {
  readonly key?: ParsedKey;
  readonly isPrivate: boolean;
  /** Why the private key can't be used. */
  readonly problem?: string;
}

/** Keys of files and of an agent, offered as one agent. */
export class Identities extends BaseAgent<ParsedKey> {
  constructor(private readonly identities: readonly Identity[]) {
    super();
  }

  getIdentities(callback: (error?: Error | null, keys?: ParsedKey[]) => void): void {
    callback(
      null,
      this.identities.map(({ key }) => key),
    );
  }

  sign(
    publicKey: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | Callback,
    callback?: Callback,
  ): void {
    const [finish, wanted] = typeof options === "function" ? [options, {}] : [callback, options];
    const identity = this.identities.find(({ key }) => isSame(key, publicKey));
    if (!identity) return finish?.(new Error("the key is not among those offered"));
    identity.sign(data, wanted).then(
      (signature) => finish?.(null, signature),
      (error: Error) => finish?.(error),
    );
  }
}

type Callback = (error?: Error | null, signature?: Buffer) => void;

/**
 * Collects the keys that OpenSSH's client would offer, in its order: those of the agent that a file names, other keys of
 * the agent, and those of files alone.
 *
 * @throws ServerError `missing-credential` if there is none
 */
export async function identitiesAt(
  places: IdentityPlaces,
  passphrase: Secret | undefined,
  { phrase, reporter }: { phrase: string; reporter: ErrorReporter },
): Promise<Identities> {
  const problems: string[] = [];
  const [files, inAgent] = await Promise.all([
    Promise.all(places.files.map((path) => keyFile(path, passphrase))),
    identitiesOf(places.agentSocket).catch(
      (error: Error) => void problems.push(`the agent: ${error.message}`),
    ),
  ]);
  const isNamed = ({ key }: Identity): boolean => files.some((file) => file.key && isSame(file.key, key));
  const fromAgent = inAgent ?? [];
  const offered = [
    ...fromAgent.filter(isNamed),
    ...(places.isOnly ? [] : fromAgent.filter((identity) => !isNamed(identity))),
    ...files.flatMap((file) => (file.isPrivate && file.key ? [signedHere(file.key)] : [])),
  ];
  if (offered.length > 0) return new Identities(offered);
  throw reporter.error({
    code: "missing-credential",
    phrase,
    said: [
      "no key of ssh_config can be used",
      ...problems,
      ...files.flatMap(({ problem }) => problem ?? []),
    ].join("; "),
    wayOut: "Load the key into an agent (ssh-add), name its file with IdentityFile, or set privateKeyFile.",
  });
}

async function keyFile(path: string, passphrase: Secret | undefined): Promise<KeyFile> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== "string")
    return { isPrivate: false, problem: `${path} (${text.code ?? text.message})` };
  const key = parsePrivateKey(text.trim(), passphrase?.reveal());
  if (!(key instanceof Error)) return { key, isPrivate: key.isPrivateKey() };
  const publicKey = utils.parseKey(await readFile(`${path}.pub`, "utf8").catch(() => ""));
  const problem = `${path} (${key.message})`;
  return { isPrivate: false, problem, ...(!(publicKey instanceof Error) && { key: publicKey }) };
}

async function identitiesOf(socket: string | undefined): Promise<Identity[]> {
  if (socket === undefined) return [];
  const agent = createAgent(socket);
  return (await agentKeys(agent)).map((key) => signedByAgent(agent, key));
}

/** A key of an agent, which signs with it. */
export function signedByAgent(agent: BaseAgent, key: ParsedKey): Identity {
  return {
    key,
    sign: (data, options) =>
      new Promise((resolve, reject) => {
        agent.sign(key, data, options, (error, signature) => {
          if (signature) resolve(signature);
          else reject(error ?? new Error("the agent did not sign"));
        });
      }),
  };
}

function signedHere(key: ParsedKey): Identity {
  return {
    key,
    sign(data, { hash }) {
      const signature: Buffer | Error = key.sign(data, hash);
      return signature instanceof Error ? Promise.reject(signature) : Promise.resolve(signature);
    },
  };
}

function isSame(one: ParsedKey, other: ParsedKey): boolean {
  return one.getPublicSSH().equals(other.getPublicSSH());
}
