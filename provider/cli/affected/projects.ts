import { posix } from "node:path";
import { inReadingOrder } from "../../topology";

/** A folder with a Pulumi.yaml. */
export interface Project {
  /** Path relative to the current folder; `.` is the current one. */
  readonly folder: string;
  /** Names of its stacks: those with a `Pulumi.<stack>.yaml` in it. */
  readonly stacks: readonly string[];
}

/** Finds the projects among files. */
export function projectsAmong(files: readonly string[]): Project[] {
  const folders = files
    .filter((file) => posix.basename(file) === "Pulumi.yaml")
    .map((file) => posix.dirname(file));
  return inReadingOrder(folders).map((folder) => ({ folder, stacks: stacksIn(folder, files) }));
}

function stacksIn(folder: string, files: readonly string[]): string[] {
  const inside = files.filter((file) => posix.dirname(file) === folder);
  return inReadingOrder(inside.flatMap((file) => stackOf(file) ?? []));
}

/** Returns the stack that a file configures, by its name; undefined for other files. */
export function stackOf(file: string): string | undefined {
  return /^Pulumi\.(.+)\.yaml$/.exec(posix.basename(file))?.[1];
}

/** Returns the files of a project: those in its folder and below, but not those of projects further down. */
export function filesOf(
  { folder }: Project,
  projects: readonly Project[],
  files: readonly string[],
): string[] {
  const further = projects.filter((other) => other.folder !== folder && isBelow(other.folder, folder));
  return files.filter(
    (file) => isBelow(file, folder) && !further.some((other) => isBelow(file, other.folder)),
  );
}

function isBelow(path: string, folder: string): boolean {
  return folder === "." ? path !== "." : path.startsWith(`${folder}/`);
}
