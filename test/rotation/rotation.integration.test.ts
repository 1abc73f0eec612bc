import { setTimeout as pause } from "node:timers/promises";
import type { JournalEntry } from "../../provider/simulator";
import { probedDuring } from "../helpers/prober";
import { drawnTests } from "../helpers/sample";
import { sampledSteps } from "../helpers/sampled-steps";
import { editTokens } from "../helpers/stored-tokens";
import { everyToken, owners, RotatedCluster, type Tokens } from "./rotated-cluster";

jest.setTimeout(120_000);

let cluster: RotatedCluster;
beforeEach(async () => {
  cluster = await RotatedCluster.start({ rotate: "1" });
});
afterEach(() => cluster.stop());

/** Tokens that are not among the earlier ones, by their resources. */
function renewedSince(before: readonly string[]): string[] {
  return owners(cluster.tokens().filter((name) => !before.includes(name)));
}

describe("a rotation of a running cluster", () => {
  const kinds: [string, NonNullable<Tokens["rotate"]>, readonly string[]][] = [
    ["the whole fleet", "2", everyToken],
    ["one server", { fleet: "1", servers: { ns2: "x" } }, ["ns2-for-web1", "ns2-for-web2"]],
    ["a single token", { fleet: "1", tokens: { "web1-for-ns2": "x" } }, ["web1-for-ns2"]],
  ];
  drawnTests(1, (test) => {
    for (const [of, rotate, rotated] of kinds)
      test(`[I] of ${of} lets every call between servers through and leaves one token each`, async () => {
        const before = cluster.tokens();
        await cluster.nextRun({ rotate });
        const { calls, failed } = await probedDuring(cluster.simulator, () => cluster.engine.up());
        expect(failed).toEqual([]);
        expect(calls).toBeGreaterThan(20);
        expect(owners(cluster.tokens())).toEqual(everyToken);
        expect(renewedSince(before)).toEqual(rotated);
        expect(await cluster.engine.up()).toEqual([]);
      });
  });

  test("[I] of one token with --target keeps the old one while a file stores it, and the next full run finishes", async () => {
    const before = cluster.tokens();
    await cluster.nextRun({ rotate: "2" });
    const { failed } = await probedDuring(cluster.simulator, async () => {
      await expect(cluster.engine.up("dns-ns1-for-web1")).rejects.toThrow(
        /web1 still reaches a member with it .*\[in-use\]\. .*without --target/,
      );
      expect(cluster.tokens()).toEqual(expect.arrayContaining(before));
      await cluster.engine.up();
    });
    expect(failed).toEqual([]);
    expect(owners(cluster.tokens())).toEqual(everyToken);
    expect(renewedSince(before)).toEqual(everyToken);
  });
});

test("[I] the prober notices a token that is revoked while a file stores it", async () => {
  const { failed } = await probedDuring(cluster.simulator, async () => {
    editTokens(cluster.simulator, "ns1", () => undefined);
    return Promise.resolve();
  });
  expect(failed).toContainEqual(expect.stringMatching(/from web1 to ns1: .*\[refused-credential\]/));
});

test("[I] a rotation that was killed is finished by the next run, without a refused call and without a token left over", async () => {
  const last = await stepsOf(() => cluster.engine.up());
  for (const [at, step] of sampledSteps("killed rotations", last, 1).entries()) {
    const rotate = `killed ${at}`;
    const killed = await cluster.nextRun({ rotate });
    const { failed } = await probedDuring(cluster.simulator, async () => {
      const end = afterWrites(step, () => killed.kill());
      await cluster.engine.up().catch(() => undefined);
      end();
      await cluster.nextRun({ rotate });
      await cluster.engine.up();
    });
    expect({ step, failed, tokens: owners(cluster.tokens()) }).toEqual({
      step,
      failed: [],
      tokens: everyToken,
    });
  }
  // There are about fifty steps when all are tried.
}, 900_000);

describe("a rotation that was killed, and after it a destruction", () => {
  const kept: [string, Tokens][] = [
    ["", {}],
    [", also one that was to be kept", { keepOldFor: "24h" }],
  ];
  drawnTests(1, (test) => {
    for (const [title, more] of kept)
      test(`[I] leaves no token${title}`, async () => {
        const rotate = (value: string): Tokens => ({ rotate: value, ...more });
        const old = await cluster.nextRun(rotate("1"));
        await cluster.engine.up();
        await old.stop();
        const killed = await cluster.nextRun(rotate("2"));
        const [step] = sampledSteps("rotations killed before a destruction", everyToken.length, 1);
        const isCreation = ({ operation }: JournalEntry): boolean => operation === "api_token_create";
        const end = afterWrites(step!, () => killed.kill(), isCreation);
        await cluster.engine.up().catch(() => undefined);
        end();
        expect(cluster.tokens().length).toBeGreaterThan(everyToken.length);
        // Servers tell times in whole seconds, and a run begins later than the killed one's last token was made.
        await pause(1_100);
        await cluster.engine.destroy(await cluster.nextRun(rotate("2")));
        expect(cluster.tokens()).toEqual([]);
      });
  });
});

/** How many writes a rotation of the fleet makes. */
async function stepsOf(work: () => Promise<unknown>): Promise<number> {
  await cluster.nextRun({ rotate: "counted" });
  let writes = 0;
  const end = cluster.simulator.watch(({ write }) => void (writes += write ? 1 : 0));
  await work();
  end();
  return writes;
}

/** Does something right after so many writes have come. */
function afterWrites(
  many: number,
  act: () => void,
  isMeant: (entry: JournalEntry) => boolean = ({ write }) => write,
): () => void {
  let writes = 0;
  return cluster.simulator.watch((entry) => {
    writes += isMeant(entry) ? 1 : 0;
    if (isMeant(entry) && writes === many) setImmediate(act);
  });
}
