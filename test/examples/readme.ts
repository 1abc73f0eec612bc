import type { CommandResult } from "../helpers/run-command";

// The READMEs of the examples are read by the tests, so that what they show cannot be wrong: a mistake to try is a diff
// or a setting, what is said then is the text below it, and commands of ours stand above what they print.

/** A change of one file. */
export interface Edit {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The heading under which every README suggests a mistake and shows what is said then. */
export const mistakeHeading = "A mistake to try";

/** The change that a README suggests as a mistake: a diff, in the file that is named last before it. */
export function mistakeIn(readme: string): Edit | undefined {
  const [, introduction = "", diff = ""] = /^([^]*?)^```diff\n([^]*?)^```$/m.exec(readme) ?? [];
  const file = [...introduction.matchAll(/`([\w./-]+\.(?:ts|yaml))`/g)].at(-1)?.[1];
  return file === undefined ? undefined : { file, before: linesWith("-", diff), after: linesWith("+", diff) };
}

/** The configuration that a README suggests as a mistake: key and value. */
export function mistakenSettingIn(readme: string): [key: string, value: string] | undefined {
  const found = /^pulumi config set (cluster:\w+) '(.*)'$/m.exec(sectionOf(readme, mistakeHeading));
  return found ? [found[1]!, found[2]!] : undefined;
}

/** What the output lacks of the text that a README shows under a heading. */
export function missingFrom({ stdout, stderr }: CommandResult, readme: string, heading: string): string[] {
  const output = inOneLine(stdout + stderr);
  const blocks = [...sectionOf(readme, heading).matchAll(/^```text\n([^]*?)^```$/gm)].map(
    ([, text]) => text!,
  );
  if (blocks.length === 0) throw new Error(`The README shows nothing under "${heading}"`);
  return blocks.flatMap(piecesOf).filter((piece) => !output.includes(piece));
}

/** Commands of ours that a README shows, each with what it prints. */
export function commandsIn(readme: string): { command: string; printed: RegExp }[] {
  return [...readme.matchAll(/^```text\n\$ (whm-dns .*)\n([^]*?)^```$/gm)].map(([, command, text]) => ({
    command: command!,
    printed: new RegExp(`^${piecesOf(text!).map(literally).join("[^]*")}$`),
  }));
}

/** Text as it is compared: where lines are broken does not matter. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** `…` stands for anything. */
function piecesOf(text: string): string[] {
  return text.split("…").map(inOneLine);
}

function sectionOf(readme: string, heading: string): string {
  return readme.split(/^## /m).find((section) => section.startsWith(heading)) ?? "";
}

function linesWith(mark: string, diff: string): string {
  const lines = diff.split("\n").filter((line) => line.startsWith(mark));
  return lines.map((line) => line.slice(1)).join("\n");
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
