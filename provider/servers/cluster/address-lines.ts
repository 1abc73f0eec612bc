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

/** What to add at the end of a text so that an address stands there in a line of its own. */
export function endWithAddress(text: string, address: string): string {
  return text === "" || text.endsWith("\n") ? `${address}\n` : `\n${address}`;
}

function isAddress(line: string, address: string): boolean {
  return line.trim() === address;
}
