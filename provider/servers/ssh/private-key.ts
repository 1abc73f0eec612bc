import { type ParsedKey, utils } from "ssh2";
import type { SshCredentials } from "../credentials";
import type { ErrorReporter, ServerErrorCode } from "../errors";
import { fromPkcs8, isPkcs8 } from "./pkcs8";

/** What is wrong with a private key, and what to do about it. */
interface Trouble {
  code: ServerErrorCode;
  said: string;
  wayOut: string;
}

/**
 * Reads the private key of a log-in: as OpenSSH writes it, as PEM, or as PKCS #8. It never leaves the memory.
 *
 * @throws ServerError `missing-credential` without a needed passphrase, `invalid-value` for a key that can't be used
 */
export function readPrivateKey(credentials: SshCredentials, reporter: ErrorReporter): ParsedKey {
  const text = credentials.privateKey?.reveal().trim() ?? "";
  const passphrase = credentials.passphrase?.reveal() || undefined;
  const key = parsePrivateKey(text, passphrase);
  if (!(key instanceof Error) && key.isPrivateKey()) return key;
  const trouble = key instanceof Error ? troubleOf(key, text, passphrase) : publicKey;
  throw reporter.error({ phrase: "read the private key", ...trouble });
}

/** Parses key text as OpenSSH writes it, as PEM or as PKCS #8. */
export function parsePrivateKey(text: string, passphrase: string | undefined): ParsedKey | Error {
  try {
    return utils.parseKey(isPkcs8(text) ? fromPkcs8(text, passphrase) : text, passphrase);
  } catch (error) {
    return new Error((error as Error).message);
  }
}

/** Finds the reason. The library's own words are not shown: they name its functions, not what to do. */
function troubleOf({ message }: Error, text: string, passphrase: string | undefined): Trouble {
  if (/no passphrase/i.test(message) && passphrase === undefined) return noPassphrase;
  if (/passphrase|bad decrypt/i.test(message)) return wrongPassphrase;
  if (message === "unsupported encryption") return oldEncryption;
  return foreignFormats.find(({ isIt }) => isIt.test(text))?.trouble ?? unknownFormat(message);
}

const noPassphrase: Trouble = {
  code: "missing-credential",
  said: "it is encrypted, and no passphrase is given",
  wayOut: "Set privateKeyPassword, or load the key into an agent (ssh-add) and set agentSocketPath.",
};

const wrongPassphrase: Trouble = {
  code: "invalid-value",
  said: "it is encrypted, and the passphrase does not open it",
  wayOut:
    "Correct privateKeyPassword. `ssh-keygen -y -f FILE` asks for the passphrase and says whether it is right.",
};

const oldEncryption: Trouble = {
  code: "invalid-value",
  said: "it is encrypted in an old way that OpenSSL no longer reads",
  wayOut: "Encrypt it anew: `openssl pkcs8 -topk8 -provider legacy -provider default -in FILE -out NEWFILE`.",
};

const publicKey: Trouble = {
  code: "invalid-value",
  said: "it is a public key",
  wayOut:
    "Give the private one, which is in the file of the same name without .pub. For a key in an agent, set identity instead.",
};

/** Keys that other programs write, by their first line. */
const foreignFormats: { isIt: RegExp; trouble: Trouble }[] = [
  {
    isIt: /^PuTTY-User-Key-File-/,
    trouble: {
      code: "invalid-value",
      said: "it is in a format of PuTTY that can't be read here",
      wayOut: "Convert it: `puttygen FILE.ppk -O private-openssh -o FILE`.",
    },
  },
  {
    isIt: /^---- BEGIN SSH2 /,
    trouble: {
      code: "invalid-value",
      said: "it is in the format of ssh.com, which can't be read here",
      wayOut: "Convert it: `puttygen FILE -O private-openssh -o NEWFILE`.",
    },
  },
  {
    isIt: /^"|^-----BEGIN [A-Z ]+-----(?!\r?\n)/,
    trouble: {
      code: "invalid-value",
      said: "its first line does not end after the dashes, so its line breaks were lost or written as \\n",
      wayOut: "Keep the line breaks of the file: store the text as it is, or use privateKeyFile.",
    },
  },
];

function unknownFormat(message: string): Trouble {
  const kind = /private key type: (\S+)/.exec(message)?.[1];
  return {
    code: "invalid-value",
    said: kind ? `a key of the kind ${kind} can't be used` : "it is not the text of a private key",
    wayOut:
      "Give an Ed25519, ECDSA or RSA key as ssh-keygen writes it, with its first and last line: `ssh-keygen -t ed25519` makes one.",
  };
}
