import type { TokenRenewal } from "../../schema/api-token";
import { parse } from "../../schema/parse";
import { topology as schema, type Topology } from "../../schema/topology";
import type { DeclaredToken } from "../../survey";
import { asUsageErrors } from "../as-usage-errors";
import { dynamicType, readStack, type StackResource } from "../look/stack";
import { nameOf } from "../read-text";
import { readTopologyFile } from "../read-topology-file";
import type { Streams } from "../streams";
import { UsageError } from "../usage-error";

/** What is declared, and where. */
export interface Declared {
  /** Name of the file or stack, for people. */
  readonly name: string;
  readonly topologies: readonly Topology[];
  /** Declared tokens, if the topologies don't hold them. */
  readonly tokens?: readonly DeclaredToken[];
  /** Marks by which a stack recognises its servers, by name. */
  readonly hosts?: Readonly<Record<string, string>>;
}

/** Where to find it. */
export interface DeclaredSource {
  /** Path of a topology file; `-` means standard input. */
  readonly file: string | undefined;
  readonly connections?: string | undefined;
  /** Stack that declares the cluster, if there is no file. */
  readonly stack?: string | undefined;
}

/**
 * Reads what is declared.
 *
 * @throws UsageError when it is nowhere, can't be read, or is malformed
 */
export async function readDeclared(
  { file, connections, stack }: DeclaredSource,
  streams: Streams,
): Promise<Declared> {
  if (file === "-" && connections === "-")
    throw new UsageError("Standard input can be the topology or the connections, not both.");
  if (file !== undefined)
    return { name: nameOf(file), topologies: [(await readTopologyFile(file, streams)).topology] };
  if (stack !== undefined) return declaredInStack(stack, await readStack(stack));
  throw new UsageError(
    "Say what is declared: name a topology file, or a stack with --stack NAME in a program's folder.",
  );
}

/**
 * Returns what the resources of a stack declare: the topologies of its gates, and its tokens.
 *
 * @throws UsageError when it has no gate
 */
export function declaredInStack(stack: string, resources: readonly StackResource[]): Declared {
  const gates = resources.filter(({ type }) => type === `${dynamicType}TopologyGate`);
  if (gates.length === 0)
    throw new UsageError(
      `The stack ${stack} declares no DNS cluster: its state has no TopologyGate. Run pulumi up first, or name a topology file.`,
    );
  const topologies = gates.map(({ inputs }) =>
    asUsageErrors(() => parse(schema, inputs["topology"], `A topology in the stack ${stack}`)),
  );
  const servers = new Set(topologies.flatMap((topology) => Object.keys(topology.servers)));
  const tokens = resources
    .filter(({ type }) => type === `${dynamicType}ApiToken`)
    .map(tokenOf)
    .filter(({ server }) => servers.has(server));
  const hosts = Object.assign({}, ...gates.map(({ outputs }) => outputs["hosts"])) as Record<string, string>;
  return { name: `stack ${stack}`, topologies, tokens, hosts };
}

interface TokenInputs {
  server: string;
  users?: string[];
  acls?: string[];
  whitelistIps?: string[];
  expiresAt?: number;
}

function tokenOf({ inputs, outputs }: StackResource): DeclaredToken {
  const {
    server,
    users = [],
    acls = ["clustering"],
    whitelistIps = [],
    expiresAt,
  } = inputs as object as TokenInputs;
  const { tokenName: name, renewal } = outputs as { tokenName?: string; renewal?: TokenRenewal };
  // A renewed token expires later than its program declares.
  const until = renewal?.of === expiresAt ? renewal?.until : expiresAt;
  return { server, users, name, settings: { acls, whitelistIps, expiresAt: until } };
}
