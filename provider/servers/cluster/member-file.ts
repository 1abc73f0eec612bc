// The text of a member file: a version line, then `key=value` lines that WHM splits at the first equals sign.
// Source: cPanel's guide to DNS node files. Lines that are not ours stay as they are, byte for byte.

/** Fields of a cPanel member. */
export interface MemberFields {
  /** WHM user on the member who owns the token. */
  user: string;
  host: string;
  /** The API token. */
  pass: string;
}

/** A member file as found. WHM treats a file without a version line, the old form, as not-cPanel. */
export interface ParsedMember extends Partial<MemberFields> {
  module?: string;
}

const versionLine = "#version 2.0";

/** Parses a member file. Missing keys stay undefined. */
export function parseMember(text: string): ParsedMember {
  if (!text.startsWith("#version")) return {};
  const values = new Map(text.split(/\r?\n/).slice(1).flatMap(keyAndValue));
  return compact({
    user: values.get("user"),
    host: values.get("host"),
    pass: values.get("pass"),
    module: values.get("module"),
  });
}

/** Formats a member file. Given the text of an earlier one, changes only the lines that differ. */
export function formatMember(fields: MemberFields, earlier?: string): string {
  const wanted = { user: fields.user, host: fields.host, pass: fields.pass, module: "cPanel" };
  if (earlier === undefined || !earlier.startsWith("#version")) return fresh(wanted);
  return Object.entries(wanted).reduce((text, [key, value]) => setLine(text, key, value), earlier);
}

/** Whether a member file belongs to the cPanel module and has exactly these fields. */
export function saysTheSame(found: ParsedMember, wanted: MemberFields): boolean {
  return (
    found.module === "cPanel" &&
    found.user === wanted.user &&
    found.host === wanted.host &&
    found.pass === wanted.pass
  );
}

function fresh(values: Record<string, string>): string {
  const lines = Object.entries(values).map(([key, value]) => `${key}=${value}`);
  return [versionLine, ...lines, "debug=0", ""].join("\n");
}

/** Sets all lines of a key. If a key occurs twice the last one counts, but nobody should have to know that. */
function setLine(text: string, key: string, value: string): string {
  const line = new RegExp(`(?<=\\n)${key}=[^\\r\\n]*`, "g");
  if (line.test(text)) return text.replace(line, () => `${key}=${value}`);
  return `${text}${text.endsWith("\n") ? "" : "\n"}${key}=${value}\n`;
}

function keyAndValue(line: string): [string, string][] {
  const equals = line.indexOf("=");
  return equals < 0 ? [] : [[line.slice(0, equals), line.slice(equals + 1)]];
}

function compact(values: Record<string, string | undefined>): ParsedMember {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
