import { readFile } from "node:fs/promises";
import { type ParsedKey, utils } from "ssh2";
import { certificateBeside } from "../credentials";
import type { ErrorReporter, ServerError } from "../errors";
import type { Secret } from "../secret";
import { agentKeys } from "./agent-keys";
import type { Certificate } from "./certificates/certificate";
import { certificateIn, type GivenCertificate, readCertificate } from "./certificates/user-certificate";
import { isMeant, meantBy } from "./chosen-key";
import type { IdentityPlaces } from "./config/host-settings";
import { certified, Identities, type Identity, isSame, signedByAgent, signedHere } from "./identities";
import { parsePrivateKey } from "./private-key";
import { SocketAgent } from "./socket-agent";

/** What else a log-in by OpenSSH's client configuration is made with. */
interface Help {
  readonly passphrase: Secret | undefined;
  /** The certificate that the connection itself names. */
  readonly certificate: GivenCertificate | undefined;
  /** The one key to use, by the connection itself. */
  readonly identity: string | undefined;
  readonly phrase: string;
  readonly reporter: ErrorReporter;
}

/** A key file: its private key, or only its public key if it is encrypted or a public key itself. */
interface KeyFile {
  readonly key?: ParsedKey;
  readonly isPrivate: boolean;
  /** The certificate beside it. */
  readonly certificate?: Certificate | undefined;
  /** Why the private key can't be used. */
  readonly problem?: string;
}

/**
 * Collects the keys that OpenSSH's client would offer, in its order: certificates that are named, keys of the agent that a
 * file names, other keys of the agent, and those of files alone.
 *
 * @throws ServerError `missing-credential` if there is none, or none for the identity or certificate that the connection
 * names
 */
export async function identitiesAt(places: IdentityPlaces, help: Help): Promise<Identities> {
  const { passphrase, identity } = help;
  const given = help.certificate && readCertificate(help.certificate, help.reporter);
  const isImplied = !given && places.certificates === undefined;
  const problems: string[] = [];
  const [files, fromAgent, named] = await Promise.all([
    Promise.all(places.files.map((path) => keyFile(path, passphrase, isImplied))),
    identitiesOf(places.agentSocket).catch((error: Error) => {
      problems.push(`the agent: ${error.message}`);
      return [];
    }),
    given ? [given] : namedCertificates(places.certificates ?? [], problems),
  ]);
  const isOnly = places.isOnly && identity === undefined;
  const all = inOrder({ files, fromAgent, named, isOnly });
  const offered = identity === undefined ? all : all.filter(({ key }) => isMeant(key, meantBy(identity)));
  if (given && !offered.some(({ key }) => key.getPublicSSH().equals(given.blob)))
    throw missing(`no key of ssh_config is the one of ${help.certificate?.place}`, help);
  if (offered.length > 0) return new Identities(offered);
  if (all.length > 0) throw missing("no key of ssh_config is the one of identity", help);
  problems.push(...files.flatMap(({ problem }) => problem ?? []));
  throw missing(["no key of ssh_config can be used", ...problems].join("; "), help);
}

function missing(said: string, { phrase, reporter }: Help): ServerError {
  const wayOut =
    "Load the key into an agent (ssh-add), name its file with IdentityFile, or set privateKeyFile.";
  return reporter.error({ code: "missing-credential", phrase, said, wayOut });
}

interface Found {
  readonly files: readonly KeyFile[];
  readonly fromAgent: readonly Identity[];
  /** Certificates that are named. */
  readonly named: readonly Certificate[];
  /** Whether keys of the agent count only if a file names them. */
  readonly isOnly: boolean;
}

function inOrder({ files, fromAgent, named, isOnly }: Found): Identity[] {
  const privately = ({ key, isPrivate }: KeyFile): Identity[] => (key && isPrivate ? [signedHere(key)] : []);
  const signers = [...fromAgent, ...files.flatMap(privately)];
  const withKey = (certificate: Certificate | undefined): Identity[] => {
    const identity = certificate && certified(certificate, signers);
    return identity ? [identity] : [];
  };
  const isNamed = ({ key }: Identity): boolean =>
    files.some((file) =>
      [file.key?.getPublicSSH(), file.certificate?.blob].some((blob) => blob?.equals(key.getPublicSSH())),
    );
  const offered = [
    ...named.flatMap(withKey),
    ...fromAgent.filter(isNamed),
    ...(isOnly ? [] : fromAgent.filter((identity) => !isNamed(identity))),
    ...files.flatMap((file) => [...privately(file), ...withKey(file.certificate)]),
  ];
  return offered.filter(({ key }, place) => offered.findIndex((other) => isSame(other.key, key)) === place);
}

async function keyFile(path: string, passphrase: Secret | undefined, isImplied: boolean): Promise<KeyFile> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== "string")
    return { isPrivate: false, problem: `${path} (${text.code ?? text.message})` };
  const certificate = isImplied ? certificateIn(await textOf(certificateBeside(path))) : undefined;
  const key = parsePrivateKey(text.trim(), passphrase?.reveal());
  if (!(key instanceof Error)) return { key, isPrivate: key.isPrivateKey(), certificate };
  const publicKey = utils.parseKey(await textOf(`${path}.pub`));
  const problem = `${path} (${key.message})`;
  return {
    isPrivate: false,
    problem,
    certificate,
    ...(!(publicKey instanceof Error) && { key: publicKey }),
  };
}

/** OpenSSH's client goes on without certificates that can't be used, and so is it here. */
async function namedCertificates(paths: readonly string[], problems: string[]): Promise<Certificate[]> {
  const found = await Promise.all(paths.map(async (path) => certificateIn(await textOf(path))));
  return found.flatMap((certificate, place) => {
    if (!certificate) problems.push(`${paths[place]} (no certificate)`);
    return certificate && !certificate.isForHosts ? [certificate] : [];
  });
}

/** Returns the text of a file; none if it can't be read. */
async function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

async function identitiesOf(socket: string | undefined): Promise<Identity[]> {
  if (socket === undefined) return [];
  const agent = new SocketAgent(socket);
  return (await agentKeys(agent)).map((key) => signedByAgent(agent, key));
}
