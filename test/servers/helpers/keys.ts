import { utils } from "ssh2";

/** A fresh key pair: the private key as text, the public key as one line of `authorized_keys`. */
export function keyPair(type: "ed25519" | "ecdsa" = "ed25519"): { privateKey: string; publicKey: string } {
  const pair =
    type === "ed25519"
      ? utils.generateKeyPairSync("ed25519")
      : utils.generateKeyPairSync("ecdsa", { bits: 256 });
  // One in a few hundred keys that ssh2 makes can be read by nobody.
  if (utils.parseKey(pair.private) instanceof Error) return keyPair(type);
  return { privateKey: pair.private, publicKey: pair.public };
}
