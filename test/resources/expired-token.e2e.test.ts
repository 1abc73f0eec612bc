import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { drawnTests } from "../helpers/sample";
import { allFiles, memberFile } from "../helpers/server-files";
import { editTokens, storedTokens, tokenOpenedBy, type StoredToken } from "../helpers/stored-tokens";

const newProject = pulumiProjects();
jest.setTimeout(300_000);

const hour = 3600;
const inHours = (hours: number): number => Math.floor(Date.now() / 1000) + hours * hour;
const expiring = (expiresAt: string | number): string =>
  clusterProgram(`{ tokens: { expiresAt: ${expiresAt} } }`);

describe("a token that expires between runs, with the real engine", () => {
  let simulator: Simulator;
  let ahead = 0;
  beforeEach(async () => {
    ahead = 0;
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } },
      clock: () => Date.now() + ahead,
    });
  });
  afterEach(() => simulator.stop());

  const passHours = (hours: number): void => void (ahead += hours * hour * 1000);

  const project = (program: string): Promise<PulumiProject> =>
    newProject({ program, secrets: { "whm:servers": JSON.stringify(simulator.servers) } });

  /** The token that opens ns1 for web1, found by the secret that web1 stores. */
  function tokenInUse(): StoredToken | undefined {
    const pass = /^pass=(.*)$/m.exec(simulator.files("web1").read(memberFile("192.0.2.11"))!)![1]!;
    return tokenOpenedBy(simulator, "ns1", pass);
  }

  drawnTests(2, (test) => {
    test("[E] is drift and is not renewed without a later expiry; with one, everything that uses it gets the new token", async () => {
      const before = allFiles(simulator);
      const stack = await project(expiring(inHours(1)));
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      passHours(2);
      const drift = await stack.preview("--refresh", "--expect-no-changes", "--diff");
      expect(drift.code).not.toBe(0);
      expect(drift.stdout).toMatch(/expired *: true/);

      const refused = await stack.up("--skip-preview", "--refresh");
      expect(refused.code).not.toBe(0);
      expect(refused.stdout + refused.stderr).toMatch(
        /on ns1: its expiresAt, .* has passed \[expired\]\. Give a later expiresAt/,
      );

      const later = inHours(48);
      await stack.write({ "index.js": expiring(later) });
      expect(await stack.up("--skip-preview", "--refresh")).toMatchObject({ code: 0 });
      expect(storedTokens(simulator, "ns1")).toMatchObject([{ expires_at: later }]);
      expect(tokenInUse()).toMatchObject({ expires_at: later });
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
      expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
      expect(allFiles(simulator)).toEqual(before);
    });

    test("[E] is renewed in each run that sets another expiry, also without --refresh, and can be destroyed after it", async () => {
      const before = allFiles(simulator);
      const fromNow = (hours: number): string => expiring(`Math.floor(Date.now() / 1000) + ${hours * hour}`);
      const stack = await project(fromNow(1));
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      const [first] = storedTokens(simulator, "ns1");
      passHours(2);
      await stack.write({ "index.js": fromNow(4) });
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      const [second, ...more] = storedTokens(simulator, "ns1");
      expect(more).toEqual([]);
      expect(second!.create_time).toBeGreaterThan(first!.create_time);
      expect(tokenInUse()).toEqual(second);

      passHours(4);
      await stack.write({ "index.js": fromNow(12) });
      expect(await stack.up("--refresh", "--skip-preview")).toMatchObject({ code: 0 });
      expect(tokenInUse()!.expires_at! * 1000).toBeGreaterThan(Date.now() + ahead);
      passHours(12);
      expect(await stack.destroy("--skip-preview", "--refresh")).toMatchObject({ code: 0 });
      expect(allFiles(simulator)).toEqual(before);
    });

    test("[E] is refused at the preview if it is declared with an expiry in the past", async () => {
      const stack = await project(expiring(inHours(-1)));
      const refused = await stack.preview();
      expect(refused.code).not.toBe(0);
      expect(refused.stdout + refused.stderr).toMatch(/expiresAt: .* lies in the past; give a later time/);
      expect(await stack.up("--skip-preview")).not.toMatchObject({ code: 0 });
      expect(storedTokens(simulator, "ns1")).toEqual([]);
    });

    test("[E] is created again after a manual revocation, and its member gets the new one in the same run", async () => {
      const stack = await project(clusterProgram());
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      editTokens(simulator, "ns1", () => undefined);
      expect(await stack.preview("--refresh", "--expect-no-changes")).not.toMatchObject({ code: 0 });
      expect(await stack.up("--refresh", "--skip-preview")).toMatchObject({ code: 0 });
      expect(tokenInUse()).toEqual(storedTokens(simulator, "ns1")[0]);
      expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
    });
  });
});
