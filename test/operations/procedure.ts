/** One thing that a reader does or sees. */
export type Step =
  | { readonly does: "change"; readonly before: string; readonly after: string }
  | { readonly does: "run"; readonly command: string }
  | { readonly does: "read"; readonly words: string };

/** Procedures of a page: the program that they start from, and the steps of each by its heading. */
export interface ProcedurePage {
  readonly program: string;
  /** Commands that come before every procedure. */
  readonly first: readonly Step[];
  readonly procedures: ReadonlyMap<string, readonly Step[]>;
}

/**
 * Reads the procedures under a heading: diffs change the program, `sh` blocks are run line by line, and `text` blocks are
 * what is printed.
 */
export function procedurePage(markdown: string, heading: string): ProcedurePage {
  const section = markdown.split(/^## /m).find((each) => each.startsWith(heading)) ?? "";
  const [introduction = "", ...sections] = section.split(/^### /m);
  const program = blocksIn(introduction).find(({ language }) => language === "ts")?.text;
  if (program === undefined) throw new Error(`No program under ${heading}`);
  const procedures = new Map(sections.map((text) => [text.split("\n", 1)[0]!, stepsIn(text)]));
  return { program, first: stepsIn(introduction), procedures };
}

/** Applies a change to a program. */
export function changed(program: string, { before, after }: Extract<Step, { does: "change" }>): string {
  const places = program.split(before).length - 1;
  if (places !== 1) throw new Error(`The program holds this ${places} times:\n${before}`);
  return program.replace(before, () => after);
}

function stepsIn(text: string): Step[] {
  return blocksIn(text).flatMap(({ language, text: block }): Step[] => {
    if (language === "diff") return [changeOf(block)];
    if (language === "sh") return lines(block).map((command) => ({ does: "run", command }));
    if (language === "text") return lines(block).map((words) => ({ does: "read", words }));
    return [];
  });
}

function changeOf(diff: string): Step {
  const side = (other: string): string =>
    lines(diff, true)
      .filter((line) => !line.startsWith(other))
      .map((line) => line.slice(1))
      .join("\n");
  return { does: "change", before: side("+"), after: side("-") };
}

interface Block {
  readonly language: string;
  readonly text: string;
}

/** Fenced blocks, without the indentation of the list that they stand in. */
function blocksIn(text: string): Block[] {
  return [...text.matchAll(/^( *)```(\w+)\n([^]*?)^\1```$/gm)].map(([, indent, language, block]) => ({
    language: language!,
    text: block!.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

function lines(text: string, blank = false): string[] {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .filter((line) => blank || line !== "");
}
