import { everyFile, managedServers, renew } from "../helpers/managed-servers";
import { ProviderProcess, type CreatedResource } from "../helpers/provider-process";
import type { JournalEntry } from "../../provider/simulator";

const file = "/etc/ips.remotedns";
const managed = managedServers({ web1: { type: "cpanel" } });
const inputs = { server: "web1", address: "192.0.2.53" };

/** A run of its own. */
async function run(work: (provider: ProviderProcess) => Promise<unknown>): Promise<void> {
  const provider = await ProviderProcess.start({ "whm:servers": JSON.stringify(managed.simulator.servers) });
  await work(provider).finally(() => provider.stop());
}

const create = (provider: ProviderProcess): Promise<CreatedResource> =>
  provider.create("TrustedRemoteIp", inputs);

/** A creation that is killed as soon as it has come so far; the steps that came. */
async function killedWhen(isSoFar: (steps: readonly JournalEntry[]) => boolean): Promise<JournalEntry[]> {
  const steps: JournalEntry[] = [];
  await run(async (provider) => {
    const end = managed.simulator.watch((entry) => {
      steps.push(entry);
      if (isSoFar(steps)) provider.kill();
    });
    await create(provider)
      .catch(() => undefined)
      .finally(end);
  });
  return steps;
}

/** The line is written, and the provider looks at it. */
function hasWritten(steps: readonly JournalEntry[]): boolean {
  const ofFile = steps.filter(({ target }) => target === file).map(({ operation }) => operation);
  return ofFile.includes("write") && ofFile.at(-1) === "read";
}

/**
 * How many steps have come when something is about to be changed, and when it has been: files are written after the step
 * that opens them.
 */
function turningPoints(steps: readonly JournalEntry[]): number[] {
  return steps
    .map((_step, index) => index + 1)
    .filter((count) => {
      const [last, next] = [steps[count - 1]!, steps[count]];
      return next && (last.write || steps[count - 2]?.write);
    });
}

test("[I] a line that a killed run has started is still ours after a second kill at any step", async () => {
  const { simulator } = managed;
  const before = everyFile(simulator);
  await killedWhen(hasWritten);
  expect(simulator.files("web1").read(file)).toBe("192.0.2.53\n");
  const begun = everyFile(simulator);
  const steps = await killedWhen(() => false);
  for (const last of turningPoints(steps)) {
    renew(simulator, begun);
    await killedWhen(({ length }) => length === last);
    await run(async (provider) => provider.delete(await create(provider)));
    expect([last, everyFile(simulator)]).toEqual([last, before]);
  }
}, 180_000);
