import { isDeepStrictEqual } from "node:util";
import type { ClusterProgram } from "../../provider/cli/adopt/cluster-program";
import {
  declaredResources,
  inOrder,
  kindOf,
  type DeclaredResource,
} from "../../provider/cli/adopt/declared-resources";
import type { StackResource } from "../../provider/cli/look/stack";
import { withoutStateSecrets } from "../../provider/cli/state-secrets";
import type { DnsClusterArgs } from "../../provider";
import type { TopologyInput } from "../../provider/schema/topology";
import { changes, type CreatedResource, type ProviderProcess } from "./provider-process";

type Found = ClusterProgram["found"];
type Values = CreatedResource["properties"];

/** A resource with the inputs by which the engine sees whether something has changed. */
type StoredResource = CreatedResource & { readonly inputs: Values };

/** Does with a cluster what the engine does, through the provider process: `up`, and `up --refresh`. */
export class SmallEngine {
  private constructor(
    private readonly provider: ProviderProcess,
    private readonly declared: readonly DeclaredResource[],
    /** Resources as the state has them, by name. */
    private state: ReadonlyMap<string, StoredResource>,
  ) {}

  /** Declares a cluster as a program does. */
  static async declaring(
    provider: ProviderProcess,
    topology: TopologyInput,
    servers: object,
  ): Promise<SmallEngine> {
    const { servers: named, ...args } = topology;
    const names = Object.keys(named);
    const pairs = names.flatMap((about) => names.map((holder) => ({ about, holder })));
    // A token's secret is not known before it is made: a mark stands for it.
    const entries = pairs.map(
      (pair) => ({ ...pair, secret: markOf(pair.about, pair.holder) }) as Found["entries"][number],
    );
    const found = { topology, entries } as Found;
    const cluster = { name: "dns", args: args as DnsClusterArgs, direct: undefined, found };
    const place = {
      organization: "organization",
      project: "dns",
      stack: "dev",
      servers: JSON.stringify(servers),
    };
    const declared = await declaredResources(cluster, place);
    return new SmallEngine(provider, declared, new Map());
  }

  /** The same program with a copy of the state. */
  copy(): SmallEngine {
    return new SmallEngine(this.provider, this.declared, structuredClone(this.state));
  }

  /** Reads every resource. One that is gone leaves the state. */
  async refresh(): Promise<void> {
    const state = new Map<string, StoredResource>();
    for (const [name, old] of this.state) {
      const found = await this.provider.read(old);
      if (!found) continue;
      // A provider that gives no inputs has found no change.
      const inputs = Object.keys(found.inputs).length > 0 ? found.inputs : old.inputs;
      state.set(name, { ...found, inputs });
    }
    this.state = state;
  }

  /** Creates, updates and replaces what has to be, and returns the names of what was changed. */
  async up(): Promise<string[]> {
    const changed: string[] = [];
    for (const resource of inOrder(this.declared))
      if (await this.apply(resource)) changed.push(resource.name);
    return changed;
  }

  /** The resources that were made, as the stack has them. */
  resources(): StackResource[] {
    return this.declared.flatMap((resource) => {
      const made = this.state.get(resource.name);
      if (made === undefined) return [];
      const inputs = this.inputsOf(resource);
      return [{ urn: resource.name, type: resource.type, id: made.id, inputs, outputs: made.properties }];
    });
  }

  private async apply(resource: DeclaredResource): Promise<boolean> {
    const { name } = resource;
    const [kind, inputs, old] = [kindOf(resource), this.inputsOf(resource), this.state.get(name)];
    const store = (made: CreatedResource): void =>
      void (this.state = new Map(this.state).set(name, { ...made, inputs }));
    if (!old) {
      store(await this.provider.create(kind, inputs));
      return true;
    }
    const { changes: answer, replaces } = await this.provider.diff(kind, old, inputs);
    const isSame =
      answer === changes.unknown ? isDeepStrictEqual(old.inputs, inputs) : answer === changes.none;
    if (isSame) return false;
    store(
      replaces.length > 0
        ? await this.provider.create(kind, inputs)
        : await this.provider.update(kind, old, inputs),
    );
    if (replaces.length > 0) await this.provider.delete(old);
    return true;
  }

  /** Inputs with the secrets of the tokens that were made. */
  private inputsOf({ inputs }: DeclaredResource): Values {
    const values = withoutStateSecrets(inputs) as Values;
    const { token } = values;
    return typeof token === "string" ? { ...values, token: this.secretOf(token) } : values;
  }

  private secretOf(mark: string): string {
    const tokens = this.declared.filter((resource) => kindOf(resource) === "ApiToken");
    const made = tokens.find(({ inputs }) => markOf(inputs.server, inputs.users[0]!) === mark);
    return this.state.get(made!.name)!.properties["token"] as string;
  }
}

function markOf(server: string, user: string): string {
  return `token of ${server} for ${user}`;
}
