import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { root } from "../shared/paths.mjs";
import { isAtLeast } from "../shared/version.mjs";
import { hasTag } from "./repository.mjs";

const usage = "npm run release -- major|minor|patch|X.Y.Z [--dry-run]";
const steps = ["major", "minor", "patch"];

/** The version that is asked for, and whether everything stays as it is. */
export function parseWords(words) {
  const others = words.filter((word) => word !== "--dry-run");
  const [wanted] = others;
  if (others.length === 1 && (steps.includes(wanted) || /^\d+\.\d+\.\d+$/.test(wanted))) {
    return { wanted, dryRun: words.includes("--dry-run") };
  }
  throw new Failure("Say which version to release.", others.join(" "), `Usage: ${usage}`);
}

/** A complete version, later than the present one. The present one is released if it never was. */
export async function chosenVersion(wanted) {
  const { version: present } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const version = steps.includes(wanted) ? stepped(present, steps.indexOf(wanted)) : wanted;
  if (version === present && !(await hasTag(version))) return version;
  if (version !== present && isAtLeast(version, present)) return version;
  throw new Failure(`${version} can't be released after ${present}.`, "", "Choose a later version.");
}

function stepped(present, place) {
  const numbers = present.split(".").map(Number);
  return numbers
    .map((number, index) => (index === place ? number + 1 : index > place ? 0 : number))
    .join(".");
}
