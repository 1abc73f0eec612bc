import { printable } from "./drawing";

/** A table; its cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A block that shows its lines as they are. */
export function fencedBlock(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, "```"].join("\n");
}

/** Text that is read as words alone: it makes no HTML, link, mention, reference, formula, emphasis or table cell. */
export function inWords(text: string): string {
  return withoutReferences(printable(text)).replace(/[\\`*_{}[\]<&|~#$]/g, entity);
}

// Entities stand for characters and never for structure, but mentions and references are looked for afterwards, in the
// words that a reader sees: a character without width keeps them apart.
const noWidth = "\u200b";

function withoutReferences(text: string): string {
  return text
    .replace(/[@#!$%~&^*[](?=[\w"'])/g, `$&${noWidth}`)
    .replace(/:(?=\/\/)|\bwww(?=\.)|\b[A-Z]{2,}(?=-\d)|\b(mailto|xmpp)(?=:)/gi, `$&${noWidth}`);
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
