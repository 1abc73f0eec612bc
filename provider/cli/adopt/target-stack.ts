import { createHash } from "node:crypto";
import { askPulumi, oldestPulumi, runPulumi } from "../pulumi";
import { UsageError } from "../usage-error";
import { isAtLeast } from "../version-order";

/** A stack into which a cluster is brought. */
export interface TargetStack {
  /** Name as the user gave it. */
  readonly given: string;
  readonly organization: string;
  /** Last part of the name, which is in the names of the stack's resources. */
  readonly stack: string;
  readonly exists: boolean;
}

/**
 * Finds out whether a stack can take a cluster: it doesn't exist yet, or has no resources.
 *
 * @throws UsageError when it has resources, and when Pulumi's command line is missing, too old or not logged in
 */
export async function findTarget(given: string, project: string): Promise<TargetStack> {
  const stack = given.split("/").at(-1) ?? given;
  // Asked at once, for Pulumi takes a while to start. Of several failures the first one in this order counts.
  const version = refuseOldCommandLine();
  const owner = Promise.resolve(organizationIn(given) ?? usualOrganization());
  const listing = askPulumi("list the stacks", ["stack", "ls", "--json", "--project", project]);
  await Promise.allSettled([version, owner, listing]);
  await version;
  const [organization, text] = await Promise.all([owner, listing]);
  const stacks = JSON.parse(text) as { name: string; resourceCount?: number }[];
  const found = stacks.find(({ name }) => name === given || name.split("/").at(-1) === stack);
  if ((found?.resourceCount ?? 0) > 0) throw hasResources(given);
  return { given, organization, stack, exists: found !== undefined };
}

/**
 * Brings resources into a stack: makes the stack, stores how to reach the servers, imports the state. Secrets go
 * through standard input.
 */
export async function bringIn(
  { given, exists }: TargetStack,
  cwd: string,
  { servers, state }: { servers: string; state: readonly object[] },
): Promise<void> {
  const ask = (phrase: string, args: readonly string[], input?: string): Promise<string> =>
    askPulumi(phrase, [...args, "--stack", given], { cwd, input });
  if (!exists) await askPulumi(`make the stack ${given}`, ["stack", "init", given], { cwd });
  // An empty stack says how it encrypts secrets.
  const empty = JSON.parse(await ask(`read the stack ${given}`, ["stack", "export"])) as ExportedStack;
  // Another run may have filled it while the servers were read: an import would forget what that one has made.
  if ((empty.deployment.resources ?? []).length > 0) throw hasResources(given);
  await ask(`store whm:servers in the stack ${given}`, ["config", "set", "--secret", "whm:servers"], servers);
  const deployment = { ...empty.deployment, manifest: manifest(), resources: state };
  await ask(
    `import the state into the stack ${given}`,
    ["stack", "import"],
    JSON.stringify({ ...empty, deployment }),
  );
}

function hasResources(given: string): UsageError {
  return new UsageError(
    `The stack ${given} has resources already. Bring the cluster into a new stack, or destroy this one first.`,
  );
}

interface ExportedStack {
  readonly version: number;
  readonly deployment: { readonly resources?: readonly object[] };
}

/** The engine takes a state only with the hash of the version that has made it. */
function manifest(): object {
  const version = "v3.0.0";
  return {
    time: new Date().toISOString(),
    magic: createHash("sha256").update(version).digest("hex"),
    version,
  };
}

async function refuseOldCommandLine(): Promise<void> {
  const text = (await askPulumi("read Pulumi's version", ["version"])).trim();
  if (isAtLeast(text, oldestPulumi)) return;
  throw new UsageError(
    `Pulumi ${text} is too old to bring in a cluster: ${oldestPulumi.replace(/\.0$/, "")} or newer is needed.`,
  );
}

function organizationIn(given: string): string | undefined {
  const parts = given.split("/");
  return parts.length > 1 ? parts[0] : undefined;
}

/** Returns the organization of stacks that are named without one. Backends other than Pulumi Cloud have a single one. */
async function usualOrganization(): Promise<string> {
  const text = await askPulumi("find out the backend", ["whoami", "--json"]);
  const { user, url = "" } = JSON.parse(text) as { user: string; url?: string };
  if (!/^https?:/.test(url)) return "organization";
  const { code, output } = await runPulumi(["org", "get-default"]);
  return (code === 0 && output.trim()) || user;
}
