import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What Node is told so that a provider process can be hurried. */
export const hurryFlags = ["--require", join(__dirname, "hurried-deadlines.cjs")];

/** Does some work while the long deadlines of a process run out sooner. */
export async function hurrying<Result>(pid: number, work: () => Promise<Result>): Promise<Result> {
  const mark = join(tmpdir(), `pulumi-whm-hurry-${pid}`);
  writeFileSync(mark, "");
  return work().finally(() => rmSync(mark, { force: true }));
}
