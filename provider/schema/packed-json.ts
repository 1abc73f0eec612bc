import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";

// The engine keeps what a provider was given twice, and writes both with every step of every resource. Of fifty servers
// with one private key a third is left. Node's own zlib may pack the same text into other bytes on another processor or
// in another version, and the provider would then seem to have changed: this library gives the same bytes everywhere.

/** The JSON of a value, packed: the same value always gives the same text. */
export function packJson(value: unknown): string {
  return Buffer.from(deflateSync(strToU8(JSON.stringify(value)), { level: 9 })).toString("base64");
}

/**
 * The value of a packed JSON, and of a plain one, which people write into the configuration.
 *
 * @throws Error for a text that is neither
 */
export function unpackJson(text: string): unknown {
  const isPacked = /^[A-Za-z0-9+/]+=*$/.test(text);
  return JSON.parse(isPacked ? strFromU8(inflateSync(Buffer.from(text, "base64"))) : text) as unknown;
}
