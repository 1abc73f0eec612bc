import { startSimulator, type Simulator } from "../../../provider/simulator";
import { AdoptedCluster } from "../../helpers/adopted-cluster";
import { clickEntries } from "../../helpers/clicked-cluster";
import { drawnTests } from "../../helpers/sample";
import { writes } from "../../helpers/server-files";

jest.setTimeout(300_000);

/** What adopt asks of Pulumi once the program is written. */
const calls = {
  "making the stack": "stack init",
  "storing how to reach the servers": "config set",
  "reading the empty stack": "stack export",
  "importing the state": "stack import",
};

describe("an adoption that is killed", () => {
  let simulator: Simulator;
  let cluster: AdoptedCluster;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
    clickEntries(simulator, [{ from: "web1", to: "ns1", role: "sync" }]);
    cluster = await AdoptedCluster.in(simulator);
  });
  afterEach(async () => {
    await cluster.remove();
    await simulator.stop();
  });

  drawnTests(2, (test) => {
    for (const [step, call] of Object.entries(calls))
      for (const when of ["before", "after"] as const)
        test(`[E] ${when} ${step} is finished by the next run`, async () => {
          expect((await cluster.brokenOff(call, when)).code).not.toBe(0);
          const again = await cluster.adopt("--stack", "dev");
          const isDone = again.stderr.includes("The stack dev has resources already");
          expect([again.code, isDone]).toEqual(
            step === "importing the state" && when === "after" ? [2, true] : [0, false],
          );
          for (const flags of [[], ["--refresh"]])
            expect(await cluster.pulumi("preview", "--expect-no-changes", ...flags)).toMatchObject({
              code: 0,
            });
          expect(writes(simulator)).toEqual([]);
        });
  });
});
