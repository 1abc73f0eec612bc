import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

// What `pulumi stack init` and `pulumi config set --secret` write, without the two seconds that they take: each of hundreds
// of tests has a stack of its own.

/** A stack that nothing is in yet. */
export interface NewStack {
  readonly project: string;
  readonly stack: string;
  readonly passphrase: string;
  /** Configuration in clear, by full key. */
  readonly config: Readonly<Record<string, string>>;
  /** Configuration that is stored encrypted. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Writes an empty stack into a folder that is its backend, and its configuration beside the program. */
export async function writeStack(
  folder: string,
  { project, stack, passphrase, config, secrets }: NewStack,
): Promise<void> {
  const { salt, key } = keyOf(passphrase);
  const state = join(folder, ".pulumi");
  await mkdir(join(state, "stacks", project), { recursive: true });
  await writeFile(join(state, "meta.yaml"), "version: 1\n");
  const checkpoint = { stack: `organization/${project}/${stack}`, latest: null };
  await writeFile(
    join(state, "stacks", project, `${stack}.json`),
    JSON.stringify({ version: 3, checkpoint }),
  );
  const secure = Object.entries(secrets).map(
    ([name, value]) => [name, { secure: encrypted(value, key) }] as const,
  );
  // YAML reads JSON, and JSON needs no thought about quoting.
  const settings = {
    encryptionsalt: `v1:${salt.toString("base64")}:${encrypted("pulumi", key)}`,
    config: { ...config, ...Object.fromEntries(secure) },
  };
  await writeFile(join(folder, `Pulumi.${stack}.yaml`), JSON.stringify(settings));
}

interface Key {
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** A key takes a quarter of a second, so there is one for all stacks of a passphrase. */
const keys = new Map<string, Key>();

function keyOf(passphrase: string): Key {
  const salt = randomBytes(8);
  const known = keys.get(passphrase) ?? { salt, key: pbkdf2Sync(passphrase, salt, 1_000_000, 32, "sha256") };
  keys.set(passphrase, known);
  return known;
}

/** The engine's own form: version, number used once, and text with its seal. */
function encrypted(text: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}
