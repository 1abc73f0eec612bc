// The text of a member file: a version line, then `key=value` lines that WHM splits at the first equals sign.
// Source: cPanel's guide to DNS node files. Lines that are not ours to set stay as they are, byte for byte.

/** What a cPanel member says of itself. */
export interface MemberFields {
  /** WHM user on the member that the token belongs to. */
  user: string;
  host: string;
  /** The API token. */
  pass: string;
}

/** A member file as found. A file without a version line is of the old form, which WHM treats as not-cPanel. */
export interface ParsedMember extends Partial<MemberFields> {
  module?: string;
}

const versionLine = "#version 2.0";

/** Reads a member file; keys that are not there stay undefined. */
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

/** Writes a member file; with the text of an earlier one, only the lines that differ are changed. */
export function formatMember(fields: MemberFields, earlier?: string): string {
  const wanted = { user: fields.user, host: fields.host, pass: fields.pass, module: "cPanel" };
  if (earlier === undefined || !earlier.startsWith("#version")) return fresh(wanted);
  return Object.entries(wanted).reduce((text, [key, value]) => setLine(text, key, value), earlier);
}

/** Whether a member file is of the cPanel module and says exactly this. */
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

/** Where a key stands twice the last one counts, but nobody should have to know that: all of them are set. */
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
