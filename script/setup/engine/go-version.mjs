import { run } from "../../shared/run.mjs";

/** What `go version` says, or nothing where Go is missing. */
export async function goVersion() {
  const { code, stdout } = await run("go", ["version"]);
  return code === 0 ? stdout.trim() : undefined;
}
