/** Whether a text contains an address as a whole line: 10.0.0.1 is not in 10.0.0.10. */
export function holdsAddress(text: string, address: string): boolean {
  return text.split("\n").some((line) => isAddress(line, address));
}

/** Removes an address from a text. Every other byte stays, and the text ends with a line feed exactly if it did before. */
export function withoutAddress(text: string, address: string): string {
  return text
    .split("\n")
    .filter((line) => !isAddress(line, address))
    .join("\n");
}

/** Returns what to add at the end of a text so that an address is on its own line. */
export function endWithAddress(text: string, address: string): string {
  return text === "" || text.endsWith("\n") ? `${address}\n` : `\n${address}`;
}

function isAddress(line: string, address: string): boolean {
  return line.trim() === address;
}
