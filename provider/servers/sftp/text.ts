import { isUtf8 } from "node:buffer";

// Files on a server may contain bytes that are not UTF-8, such as a comment in another encoding. Such a byte becomes a
// lone surrogate in the text, which no real text contains, and becomes the same byte again when it is written.

const escape = 0xdc00;

/** Decodes a file's bytes so that `encodeText` returns exactly the same bytes. */
export function decodeText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : escape + byte)).join("");
}

/** Encodes text as UTF-8. Bytes kept by `decodeText` stay as they were. */
export function encodeText(text: string): Buffer {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text, "utf8");
  return Buffer.concat(Array.from(text, (character) => encodeCharacter(character)));
}

function encodeCharacter(character: string): Buffer {
  const code = character.codePointAt(0) ?? 0;
  const isEscapedByte = code >= escape + 0x80 && code <= escape + 0xff;
  return isEscapedByte ? Buffer.of(code - escape) : Buffer.from(character, "utf8");
}
