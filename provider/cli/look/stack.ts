import { unpackJson } from "../../schema/packed-json";
import { askPulumi, runPulumi } from "../pulumi";
import { withoutStateSecrets } from "../state-secrets";
import { UsageError } from "../usage-error";

/** How the type tokens of this package's resources begin. */
export const dynamicType = "pulumi-nodejs:dynamic/whm:";

/** A resource of a stack's state, with secrets in clear. */
export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly id?: string | undefined;
}

/** Reads the resources of a stack. Secrets are in clear: never show or store them. */
export async function readStack(stack: string, cwd?: string): Promise<StackResource[]> {
  const args = ["stack", "export", "--show-secrets", "--stack", stack];
  const text = await askPulumi(`read the stack ${stack}`, args, { cwd });
  const { deployment } = JSON.parse(text) as { deployment: { resources?: Record<string, unknown>[] } };
  // What waits for its deletion has been replaced and is declared no longer.
  const standing = (deployment.resources ?? []).filter((resource) => resource["delete"] !== true);
  return standing.map(
    ({ urn, type, inputs, outputs, id }) =>
      withoutStateSecrets({ urn, type, inputs: inputs ?? {}, outputs: outputs ?? {}, id }) as StackResource,
  );
}

/**
 * Returns how a stack reaches its servers: the configuration `whm:servers`, and the servers of the providers in its
 * state. The configuration is newer, so it counts where both know a server.
 */
export async function serversOfStack(stack: string, cwd?: string): Promise<Record<string, unknown>> {
  const configured = await runPulumi(["config", "get", "whm:servers", "--stack", stack], { cwd });
  const resources = await readStack(stack, cwd);
  const provided = resources
    .filter(({ type }) => type === "pulumi:providers:pulumi-nodejs")
    .map(({ inputs }) => inputs["whm:servers"])
    .filter((text) => typeof text === "string");
  const texts = [...provided, ...(configured.code === 0 ? [configured.output] : [])];
  if (texts.length === 0)
    throw new UsageError(
      `The stack ${stack} knows no servers: neither its configuration whm:servers nor a provider in its state has any. Name a file with --connections.`,
    );
  return Object.assign({}, ...texts.map((text) => readServers(text, stack))) as Record<string, unknown>;
}

function readServers(text: string, stack: string): object {
  try {
    return unpackJson(text.trim()) as object;
  } catch {
    // The parser's own message would repeat part of the text, which contains secrets.
    throw new UsageError(`The servers of the stack ${stack} are not JSON.`);
  }
}
