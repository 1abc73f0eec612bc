import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand, type CommandResult } from "../helpers/run-command";
import { allFiles } from "../helpers/server-files";
import { clusterOn } from "./cluster-on";
import { examples, type Example } from "./example";
import { missingFrom, mistakeHeading } from "./readme";

const open = examples();
jest.setTimeout(300_000);

describe("the example inline-automation", () => {
  test("[E] creates the cluster once, rejects the mistake of its README, and destroys the cluster", async () => {
    const example = await open("inline-automation");
    const simulator = await example.simulate();
    const before = allFiles(simulator);
    writeFileSync(join(example.folder, "servers.json"), JSON.stringify(simulator.servers));

    expect(await tool(example, "up")).toMatchObject({ code: 0 });
    expect(clusterOn(simulator)).toEqual({
      web1: { members: { ns1: "sync", ns2: "sync" }, trusts: ["ns1", "ns2"] },
    });
    simulator.clearJournal();
    expect(await tool(example, "up")).toMatchObject({ code: 0 });

    example.makeMistake();
    const rejected = await tool(example, "up");
    expect(rejected.code).not.toBe(0);
    expect(missingFrom(rejected, example.readme, mistakeHeading)).toEqual([]);
    expect(simulator.journal()).toEqual([]);

    expect(await tool(example, "destroy")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });
});

/** Runs the tool as its README says. */
function tool({ folder, environment }: Example, operation: string): Promise<CommandResult> {
  const more = { TS_NODE_TRANSPILE_ONLY: "true", PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true" };
  const words = ["--require", "ts-node/register", "index.ts", operation, "servers.json"];
  return runCommand(process.execPath, words, { folder, environment: { ...environment, ...more } });
}
