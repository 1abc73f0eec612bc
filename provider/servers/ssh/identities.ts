import { BaseAgent, type ParsedKey, type SigningRequestOptions } from "ssh2";
import type { Certificate } from "./certificates/certificate";
import { certifiedKey, plainBlob } from "./certificates/certified-key";

/** A key that can be offered, and how it signs. */
export interface Identity {
  readonly key: ParsedKey;
  sign(data: Buffer, options: SigningRequestOptions): Promise<Buffer>;
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

/** A private key, which signs itself. */
export function signedHere(key: ParsedKey): Identity {
  return {
    key,
    sign(data, { hash }) {
      const signature: Buffer | Error = key.sign(data, hash);
      return signature instanceof Error ? Promise.reject(signature) : Promise.resolve(signature);
    },
  };
}

/** Returns a certificate with the key among these that signs for it. */
export function certified(certificate: Certificate, identities: readonly Identity[]): Identity | undefined {
  const signer = identities.find(({ key }) => plainBlob(key).equals(certificate.key.blob));
  return signer && { ...signer, key: certifiedKey(signer.key, certificate) };
}

/** Whether both show the same to a server. */
export function isSame(one: ParsedKey, other: ParsedKey): boolean {
  return one.getPublicSSH().equals(other.getPublicSSH());
}
