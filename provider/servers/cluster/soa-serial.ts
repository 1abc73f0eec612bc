// Zone files are written by WHM, by BIND and by hand: on one line or many, with the fields of the record in either
// order. Only the SOA record is looked for; nothing else of the zone is kept.

/** Returns the serial in the SOA record of a zone file; undefined if there is none. */
export function soaSerial(zone: string): number | undefined {
  for (const entry of entriesOf(zone)) {
    const serial = serialIn(entry);
    if (serial !== undefined) return serial;
  }
  return undefined;
}

/** One record or directive, split at blanks. */
interface Entry {
  readonly words: readonly string[];
  /** Whether it begins with a blank, which stands for the owner of the record before. */
  readonly hasNoOwner: boolean;
}

const classOrTimeToLive = /^(?:IN|CH|HS|CS|\d[0-9smhdw]*)$/i;
const largestSerial = 0xffff_ffff;

function serialIn({ words, hasNoOwner }: Entry): number | undefined {
  const fields = hasNoOwner ? words : words.slice(1);
  const type = fields.findIndex((word) => !classOrTimeToLive.test(word));
  if (type > 2 || fields[type]?.toUpperCase() !== "SOA") return undefined;
  const serial = fields[type + 3] ?? "";
  return /^\d{1,10}$/.test(serial) && Number(serial) <= largestSerial ? Number(serial) : undefined;
}

/** A quoted text, a comment, a bracket, the end of a line, blanks, or a word. */
const pieces = /"(?:[^"\\]|\\[^])*"?|;[^\n]*|[()]|\r?\n|[^\S\n]+|(?:[^\s;()"\\]|\\[^])+|\\$/g;

/** Splits a zone file into entries, one at a time: the record that is looked for is near the top of a long file. */
function* entriesOf(zone: string): Generator<Entry> {
  let line = newLine();
  let depth = 0;
  for (const [piece] of zone.replace(/^\uFEFF/, "").matchAll(pieces)) {
    if (piece === "(") depth += 1;
    else if (piece === ")") depth = Math.max(0, depth - 1);
    else if (piece.trim() !== "") {
      if (!piece.startsWith(";")) line.words.push(piece);
    } else if (!piece.endsWith("\n") || depth > 0) {
      line.hasNoOwner ||= line.isAtStart;
    } else {
      yield line;
      line = newLine();
      continue;
    }
    line.isAtStart = false;
  }
  yield line;
}

const newLine = (): Entry & { words: string[]; hasNoOwner: boolean; isAtStart: boolean } => ({
  words: [],
  hasNoOwner: false,
  isAtStart: true,
});
