import { drawnTests } from "../../helpers/sample";
import type { CommandResult } from "../../helpers/run-command";
import { Adoption } from "./adoption";
import type { AdoptionCase } from "./adoption-case";
import { discoveredServers } from "./discovered-servers";
import { givenServers } from "./given-servers";

jest.setTimeout(240_000);

let adoption: Adoption | undefined;
afterEach(async () => {
  await adoption?.leave();
  adoption = undefined;
});

// What is found and declared is tried in process, on hundreds of clusters; here are ways to reach servers.
describe("adopting clusters on real servers writes nothing on them, and then there is nothing to do", () => {
  drawnTests(1, (test) => {
    for (const each of [...givenServers, ...discoveredServers]) test(`[E] ${each.title}`, () => adopt(each));
  });
});

async function adopt(each: AdoptionCase): Promise<void> {
  adoption = await Adoption.of(each);
  const adopted = await adoption.adopt();
  expect(endOf(adopted)).toEqual([0, ""]);
  expect(adopted.stdout.split("\n")[0]).toBe(each.found);
  expect(leftAlone(adopted.stdout)).toEqual([...(each.leftAlone?.(adoption.testbed) ?? [])].sort());
  const program = await adoption.cluster.text("index.ts");
  for (const text of each.program ?? []) expect(program).toContain(text);
  expect(endOf(await adoption.preview())).toEqual([0, ""]);
  expect(endOf(await adoption.preview("--refresh"))).toEqual([0, ""]);
}

/** How a command ended; of one that failed also what it said. */
function endOf({ code, stdout, stderr }: CommandResult): [number, string] {
  return [code, code === 0 ? stderr : `${stdout}${stderr}`];
}

/** What `adopt` has named, without what to do about it and without the testbed's own tokens, which not all cases use. */
function leftAlone(printed: string): string[] {
  const lines = printed.split("\n").filter((line) => line.startsWith("  "));
  const named = lines.map((line) => line.trim().replace(/\. .*/, ""));
  return named.filter((line) => !line.includes("API token provider-access")).sort();
}
