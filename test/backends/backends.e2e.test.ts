import { startSimulator, type Simulator } from "../../provider/simulator";
import { blindlyRepeated } from "../faults/suspicions";
import { askSetUp } from "../helpers/ask-set-up";
import { clusterProgram } from "../helpers/cluster-program";
import { webAndNameserver } from "../helpers/managed-servers";
import { pictureOf } from "../helpers/picture";
import { pulumiProjects } from "../helpers/pulumi";
import { memberFile } from "../helpers/server-files";
import { openFolder } from "./folder-store";
import { openPostgresql, type FoundPostgresql } from "./postgresql-store";
import { openS3 } from "./s3-store";
import { secondRunDuring } from "./second-run";
import type { StateStore } from "./state-store";
import { sampleOf } from "../helpers/sample";
import { testWhere } from "../helpers/where";

jest.setTimeout(240_000);
const newProject = pulumiProjects();

const s3 = askSetUp("stores/find.mjs", "s3") as string | undefined;
const postgresql = askSetUp("stores/find.mjs", "postgresql") as FoundPostgresql | undefined;
const stores: { title: string; open: (() => Promise<StateStore>) | undefined }[] = [
  { title: "a folder", open: openFolder },
  { title: "a bucket of an S3 server", open: s3 === undefined ? undefined : () => openS3(s3) },
  { title: "PostgreSQL", open: postgresql && (() => openPostgresql(postgresql)) },
];

describe.each(sampleOf(stores, 1))("a stack with its state in $title", ({ open }) => {
  const whereFound = testWhere(open !== undefined);
  let simulator: Simulator;
  let opened: StateStore | undefined;
  beforeEach(async () => {
    opened = undefined;
    simulator = await startSimulator({ servers: webAndNameserver });
    opened = await open!();
  }, 60_000);
  afterEach(() => Promise.all([simulator.stop(), opened?.stop()]));

  whereFound(
    "[E] is created and destroyed, locks out a second up meanwhile, and leaves no secret and no lock",
    async () => {
      const store = opened!;
      const before = pictureOf(simulator);
      const stack = await newProject({
        program: clusterProgram(),
        environment: store.environment,
        secrets: { "whm:servers": JSON.stringify(simulator.servers) },
      });

      const second = secondRunDuring(simulator, stack);
      const meanwhile = new Promise<Awaited<ReturnType<StateStore["stored"]>>>((resolve) => {
        simulator.watch(({ operation }) => {
          if (operation === "api_token_create") resolve(store.stored());
        });
      });
      const up = await stack.up("--skip-preview");
      expect(second()).toMatchObject({ code: 1 });
      expect(second()!.stdout + second()!.stderr).toMatch(/the stack is currently locked by 1 lock\(s\)/);
      expect(up).toMatchObject({ code: 0 });
      expect(up.stdout).toContain("8 created");
      expect(locksIn(await meanwhile)).not.toEqual([]);
      expect(blindlyRepeated(simulator.journal())).toEqual([]);

      const secrets = secretsOf(simulator, stack.environment);
      const kept = await store.stored();
      expect(Object.values(kept).join("\n")).toContain("web1/192.0.2.11");
      expect(keysWith(kept, secrets)).toEqual([]);
      expect(locksIn(kept)).toEqual([]);

      const destroy = await stack.destroy("--skip-preview");
      expect(destroy).toMatchObject({ code: 0 });
      expect(pictureOf(simulator)).toEqual(before);
      const left = await store.stored();
      expect(keysWith(left, secrets)).toEqual([]);
      expect(locksIn(left)).toEqual([]);
      const printed = [up, second()!, destroy].map(({ stdout, stderr }) => stdout + stderr).join("\n");
      expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
    },
  );
});

/** What must be readable nowhere: the token that was made, what opens the servers, and what opens the state. */
function secretsOf(simulator: Simulator, environment: Readonly<Record<string, string>>): string[] {
  const [, made] = /^pass=(.+)$/m.exec(simulator.files("web1").read(memberFile("192.0.2.11"))!)!;
  const logins = Object.values(simulator.servers).flatMap(({ api, connection }) => [
    api!.token!,
    connection!.privateKey!.split("\n")[1]!,
  ]);
  const ofState = ["PULUMI_CONFIG_PASSPHRASE", "AWS_SECRET_ACCESS_KEY", "PGPASSWORD"];
  return [made!, ...logins, ...ofState.flatMap((name) => environment[name] ?? [])];
}

function keysWith(stored: Readonly<Record<string, string>>, secrets: readonly string[]): string[] {
  const found = Object.entries(stored).filter(([, text]) => secrets.some((secret) => text.includes(secret)));
  return found.map(([key]) => key);
}

function locksIn(stored: Readonly<Record<string, string>>): string[] {
  return Object.keys(stored).filter((key) => key.includes(".pulumi/locks/"));
}
