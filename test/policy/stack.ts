import type { PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { policies } from "../../provider/policy";
import { types } from "../../provider/policy/types";
import { completeTopology } from "../../provider/topology";
import type { TopologyInput } from "../../provider/schema/topology";

// The policies as the SDK calls them: resource by resource in the order of registration, then once for the stack.

export type Resource = Pick<PolicyResource, "type" | "urn" | "name" | "props">;
type Both = ResourceValidationPolicy & StackValidationPolicy;
type Validate = (args: unknown, report: (text: string, urn?: string) => void) => void;

export interface Violation {
  policy: string;
  text: string;
  urn: string | undefined;
}

export interface Pack {
  /** Violations that stop this resource. */
  resource: (resource: Resource) => Violation[];
  /** Violations at the end. */
  stack: (resources: Resource[]) => Violation[];
}

/** A pack in its own process: what it has seen begins with nothing. */
export function startPack(settings: object = {}, only: (policy: string) => boolean = () => true): Pack {
  const all = (policies() as Both[]).filter(({ name }) => only(name));
  const run = (choose: (policy: Both) => Validate, args: object): Violation[] =>
    all.flatMap((policy) => {
      const found: Violation[] = [];
      const getConfig = () => (policy.name === "link-rules" ? settings : {});
      choose(policy)({ ...args, getConfig }, (text, urn) => found.push({ policy: policy.name, text, urn }));
      return found;
    });
  return {
    resource: (resource) => run(({ validateResource }) => validateResource as Validate, resource),
    stack: (resources) => run(({ validateStack }) => validateStack as Validate, { resources }),
  };
}

export const servers: TopologyInput["servers"] = {
  web1: { type: "cpanel", address: "192.0.2.10" },
  web2: { type: "cpanel", address: "192.0.2.11" },
  ns1: { type: "dnsonly", address: "192.0.2.53", publicAddress: "203.0.113.53" },
};

/** Both web servers feed the nameserver; `more` is added to the links. */
export function topology(
  more: TopologyInput["links"] = [],
  rules: TopologyInput["rules"] = {},
): TopologyInput {
  const direct = ["web1", "web2"].map((from) => ({ from, to: "ns1", role: "sync" as const }));
  return { servers, links: [...direct, ...(more ?? [])], rules };
}

export const betweenWebServers = { from: "web1", to: "web2", role: "sync" } as const;

export function gate(name: string, declared: TopologyInput, more: object = {}): Resource {
  return resource(types.gate, name, { topology: completeTopology(declared), ...more });
}

export function member(server: string, peer: string, peerAddress: string, role = "sync"): Resource {
  return resource(types.member, `${server}-${peer}`, { server, peer, peerAddress, role, token: "x" });
}

export function trust(server: string, peer: string, serverAddress: string): Resource {
  return resource(types.trust, `${peer}-trusts-${server}`, { server, peer, serverAddress, token: "x" });
}

export function resource(type: string, name: string, props: object): Resource {
  return { type, name, urn: `urn:pulumi:test::test::${type}::${name}`, props };
}

/** Inputs as the SDK hands them over at a preview: touching the unknown one throws. */
export function withUnknown(made: Resource, key: string): Resource {
  const props = new Proxy(made.props, {
    get: (target, name) => {
      if (name === key) throw new Error(`string value at .${key} can't be known during preview`);
      return Reflect.get(target, name) as unknown;
    },
  });
  return { ...made, props };
}
