/**
 * Decodes a text file.
 *
 * @throws Error saying what is there instead, and in which line
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`it is not UTF-8 text${whatInstead(bytes)}`, { cause: error });
  }
}

function whatInstead(bytes: Uint8Array): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return " but UTF-16; save it as UTF-8";
  const before = new TextDecoder().decode(bytes).split("\ufffd")[0] ?? "";
  return `: line ${before.split("\n").length} has a byte that is no character`;
}
