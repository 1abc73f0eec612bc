import { createRequire } from "node:module";
import type { DnsCluster } from "../../index";
import { dynamicType } from "../look/stack";
import { entryOf, type ClusterProgram } from "./cluster-program";
import { withStateSecrets } from "../state-secrets";

/** Loads on use, and file by file: the index of the engine's library takes half a second more than what is needed here. */
const load = createRequire(__filename);
const library = "@pulumi/pulumi/runtime";

/** Kinds of resources, each after those that it may depend on. */
const kinds = [
  "TopologyGate",
  "ApiToken",
  "TrustedRemoteIp",
  "ReverseTrust",
  "DnsClusterMember",
  "ClusterProof",
] as const;
export type Kind = (typeof kinds)[number];

/** Inputs of a resource. Which of them there are depends on its kind. */
export interface DeclaredInputs {
  readonly server: string;
  readonly peer: string;
  readonly users: readonly string[];
  readonly address: string;
  readonly peerAddress: string;
  readonly serverAddress: string;
  readonly topology: { readonly servers: object };
  readonly [name: string]: unknown;
}

/** A resource that a program declares, with the inputs that the engine would get. */
export interface DeclaredResource {
  readonly type: `${typeof dynamicType}${Kind}`;
  readonly name: string;
  readonly inputs: DeclaredInputs;
}

/** Mark that stands for the last write to what was never written, only adopted. */
export const adoptedMark = "adopted";

/** Where a program runs. Names of owners contain it. */
export interface Place {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** Value of `whm:servers`. */
  readonly servers: string;
}

/** Runs the declaration of a cluster without an engine and returns what it registers: the engine would get exactly this. */
export async function declaredResources(cluster: ClusterProgram, place: Place): Promise<DeclaredResource[]> {
  const { setAllConfig } = load(`${library}/config`) as typeof import("@pulumi/pulumi/runtime/config");
  const { setMocks } = load(`${library}/mocks`) as typeof import("@pulumi/pulumi/runtime/mocks");
  const whm = load("../../index") as typeof import("../../index");
  const declared: DeclaredResource[] = [];
  setAllConfig({ "whm:servers": place.servers });
  const mocks = {
    newResource: ({
      type,
      name: resource,
      inputs,
    }: {
      type: string;
      name: string;
      inputs: Record<string, unknown>;
    }) => {
      if (isOurs(type))
        declared.push({ type, name: resource, inputs: withStateSecrets(inputs) as DeclaredInputs });
      const token = type === `${dynamicType}ApiToken` && {
        token: secretIn(cluster, inputs as DeclaredInputs),
      };
      return { id: resource, state: { ...inputs, ...token, written: adoptedMark } };
    },
    call: () => ({}),
  };
  await setMocks(mocks, place.project, place.stack, false, place.organization);
  await quietly(async () => registered(new whm.DnsCluster(cluster.name, cluster.args)));
  return declared;
}

/** Returns the secret of a token. The members that use it get it from there. */
function secretIn(cluster: ClusterProgram, { server, users }: DeclaredInputs): string {
  return entryOf(cluster, server, users[0] ?? "").secret;
}

/** Sorts resources so that each comes after those on which it depends. */
export function inOrder(declared: readonly DeclaredResource[]): DeclaredResource[] {
  return kinds.flatMap((kind) => declared.filter((resource) => kindOf(resource) === kind));
}

/** Returns the kind of a resource. */
export function kindOf({ type }: DeclaredResource): Kind {
  return type.slice(dynamicType.length) as Kind;
}

function isOurs(type: string): type is DeclaredResource["type"] {
  return kinds.some((kind) => type === `${dynamicType}${kind}`);
}

/** Waits until every part of a cluster is registered. */
async function registered({ parts, proof }: DnsCluster): Promise<void> {
  const resources = Object.values(parts).flatMap((kind: object) => Object.values(kind) as DnsCluster[]);
  await Promise.all([...resources, proof].map(({ urn }) => new Promise((resolve) => urn.apply(resolve))));
}

/** Keeps warnings of the rules from the console, where they go without an engine: the findings are shown elsewhere. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const warn = Object.getOwnPropertyDescriptor(console, "warn");
  Object.defineProperty(console, "warn", { configurable: true, value: () => undefined });
  try {
    await work();
  } finally {
    if (warn) Object.defineProperty(console, "warn", warn);
  }
}
