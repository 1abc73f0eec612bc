// WHM compares the size of a role file with the length of its word: CRLF, a blank or the long word `synchronize` make
// the member vanish without a message. One line feed is tolerated.

const words = ["sync", "write-only", "standalone"] as const;

/** Returns the role that WHM reads from a role file's text; undefined if it would not see the member at all. */
export function readRoleWord(text: string): (typeof words)[number] | undefined {
  return words.find((word) => text === word || text === `${word}\n`);
}
