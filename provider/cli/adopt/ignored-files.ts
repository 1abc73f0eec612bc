import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { printLines, type Streams } from "../streams";

const fileName = ".gitignore";

/** Files that hold secrets until a stack has them. */
const secretFiles = ["servers.json", "connections.yaml"];

/** What Git is to leave out of a new project. */
export const ignoredFiles = ["node_modules/", ...secretFiles, ""].join("\n");

/** Makes sure that Git leaves out a file with secrets: writes `.gitignore`, or tells what is missing in the one there. */
export function keepFromGit(folder: string, name: string, { errors }: Pick<Streams, "errors">): void {
  const file = join(folder, fileName);
  if (!existsSync(file)) writeFileSync(file, ignoredFiles, { flag: "wx" });
  else if (!isNamed(name, readFileSync(file, "utf8")))
    printLines(
      errors,
      `warning: ${file} does not name ${name}, which may hold secrets. Add it before you commit.`,
    );
}

/** Whether a line ignores a file, by its name or by its ending. */
function isNamed(name: string, text: string): boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^\//, ""));
  return [name, "*", `*${name.slice(name.lastIndexOf("."))}`].some((line) => lines.includes(line));
}
