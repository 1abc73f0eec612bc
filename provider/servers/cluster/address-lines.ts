import { isIP } from "node:net";

/** Whether a text holds an address as a whole line: 10.0.0.1 is not in 10.0.0.10. */
export function holdsAddress(text: string, address: string): boolean {
  return text.split("\n").some((line) => isAddress(line, address));
}

/** A text without an address. Every other byte stays, and it ends with a line feed exactly if it did before. */
export function withoutAddress(text: string, address: string): string {
  return text
    .split("\n")
    .filter((line) => !isAddress(line, address))
    .join("\n");
}

/**
 * A text with an address in a line of its own: before the greater ones among the addresses at its end, in the order of
 * their texts. So whatever the order in which lines come and go, the file of the same addresses is the same. Every other
 * byte stays, and what is no address keeps what stands before and after it.
 */
export function withAddress(text: string, address: string): string {
  const ended = text === "" || text.endsWith("\n");
  const lines = text === "" ? [] : (ended ? text.slice(0, -1) : text).split("\n");
  const isGreater = (line: string): boolean => isIP(line.trim()) !== 0 && line.trim() > address;
  const at = lines.findLastIndex((line) => !isGreater(line)) + 1;
  return [...lines.slice(0, at), address, ...lines.slice(at)].join("\n") + (ended ? "\n" : "");
}

/**
 * A text in which an address that was appended stands in a line of its own, also where somebody has appended to the same
 * line at the same moment.
 *
 * @param before the text just before: its lines stay as they are
 */
export function setApart(text: string, address: string, before: string): string {
  const known = new Set(before.split("\n"));
  const lines = text.split("\n");
  const at = lines.findIndex((line) => !known.has(line) && runsTogether(line, address));
  if (holdsAddress(text, address) || at < 0) return text;
  return [...lines.slice(0, at), ...partsOf(lines[at]!, address), ...lines.slice(at + 1)].join("\n");
}

/**
 * Only two addresses run together without doubt: 112.0.0.1 is an address itself, and a line that speaks of ours in
 * another way, such as 10.0.0.1/24 or a comment, is somebody else's as it stands.
 */
function runsTogether(line: string, address: string): boolean {
  const [first, second] = partsOf(line, address);
  return (
    isIP(line.trim()) === 0 && line === first + second && [first, second].every((part) => isIP(part) !== 0)
  );
}

function partsOf(line: string, address: string): [string, string] {
  return line.endsWith(address)
    ? [line.slice(0, -address.length), address]
    : [address, line.slice(address.length)];
}

function isAddress(line: string, address: string): boolean {
  return line.trim() === address;
}
