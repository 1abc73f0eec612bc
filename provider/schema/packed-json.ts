import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";

// The engine keeps a provider's inputs twice and writes both with every step of every resource. Packing leaves a third
// of them for fifty servers with one private key. Node's own zlib may pack the same text into other bytes on another
// processor or version, and the provider would seem to have changed. This library gives the same bytes everywhere.

/** Packs a value as JSON. The same value always gives the same text. */
export function packJson(value: unknown): string {
  return Buffer.from(deflateSync(strToU8(JSON.stringify(value)), { level: 9 })).toString("base64");
}

/**
 * Unpacks a value. Also takes plain JSON, which people write into the configuration.
 *
 * @throws Error for a text that is neither
 */
export function unpackJson(text: string): unknown {
  return JSON.parse(isPacked(text) ? strFromU8(inflateSync(Buffer.from(text, "base64"))) : text) as unknown;
}

/** Whether a text was packed by a program, and is not the JSON of a configuration. */
export function isPacked(text: string): boolean {
  return /^[A-Za-z0-9+/]+=*$/.test(text);
}
