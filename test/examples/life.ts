import { allFiles, writes } from "../helpers/server-files";
import { clusterOn, type HeldByServer } from "./cluster-on";
import { examples, type Example } from "./example";
import { succeeded, type ExampleStack } from "./example-stack";
import { missingFrom, mistakeHeading, mistakenSettingIn } from "./readme";

jest.setTimeout(300_000);

/**
 * Tests the life of an example with one project and one stack, as its README tells it.
 *
 * @param cluster what the servers hold when it is up
 */
export function testLife(name: string, cluster: Record<string, HeldByServer>): void {
  const open = examples();

  test("[E] is created, has no changes afterwards, rejects the mistake of its README, and leaves nothing behind", async () => {
    const example = await open(name);
    const simulator = await example.simulate();
    const before = allFiles(simulator);
    const stack = await example.stack("dev", simulator.servers);

    expect(await stack.up()).toMatchObject({ code: 0 });
    expect(clusterOn(simulator)).toEqual(cluster);
    simulator.clearJournal();
    expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });

    await makeMistake(example, stack);
    const rejected = await stack.up();
    expect(rejected.code).not.toBe(0);
    expect(missingFrom(rejected, example.readme, mistakeHeading)).toEqual([]);
    expect(writes(simulator)).toEqual([]);

    expect(await stack.destroy()).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(before);
  });
}

async function makeMistake(example: Example, stack: ExampleStack): Promise<void> {
  const setting = mistakenSettingIn(example.readme);
  if (setting) succeeded(await stack.run(["config", "set", ...setting]));
  else example.makeMistake();
}
