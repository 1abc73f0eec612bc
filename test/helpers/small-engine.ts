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

/** Stack of a small engine. */
export const smallPlace = { organization: "organization", project: "dns", stack: "dev" };

/** What a program may set beside the topology. */
type Settings = Pick<DnsClusterArgs, "tokens">;

/**
 * Does with a cluster what the engine does, through the provider process: `up`, `up --target` and `up --refresh`. Like the
 * engine it deletes what it has replaced at the end, and after a failure at the end of a later run.
 */
export class SmallEngine {
  private constructor(
    private readonly provider: ProviderProcess,
    private readonly declared: readonly DeclaredResource[],
    /** Resources as the state has them, by type and name. */
    private state: ReadonlyMap<string, StoredResource>,
    /** Replaced resources that are still to be deleted. */
    private replaced: readonly CreatedResource[] = [],
  ) {}

  /** Declares a cluster as a program does. */
  static async declaring(
    provider: ProviderProcess,
    topology: TopologyInput,
    servers: object,
    settings: Settings = {},
  ): Promise<SmallEngine> {
    return new SmallEngine(provider, await declare(topology, servers, settings), new Map());
  }

  /** The same stack with a changed program, run by another provider process. */
  async changedTo(
    provider: ProviderProcess,
    topology: TopologyInput,
    servers: object,
    settings: Settings = {},
  ): Promise<SmallEngine> {
    const declared = await declare(topology, servers, settings);
    return new SmallEngine(provider, declared, structuredClone(this.state), this.replaced);
  }

  /**
   * Runs programs that `whm-dns adopt` has written.
   *
   * @param servers value of `whm:servers`
   * @param state what was imported into their stack; secrets in clear
   */
  static async running(
    provider: ProviderProcess,
    programs: readonly ClusterProgram[],
    servers: string,
    state: readonly StackResource[] = [],
  ): Promise<SmallEngine> {
    const declared: DeclaredResource[] = [];
    for (const program of programs)
      declared.push(...(await declaredResources(program, { ...smallPlace, servers })));
    return new SmallEngine(provider, declared, new Map(state.map(storedResource)));
  }

  /** The same program with a copy of the state. */
  copy(): SmallEngine {
    return new SmallEngine(this.provider, this.declared, structuredClone(this.state), this.replaced);
  }

  /** Reads every resource. One that is gone leaves the state. */
  async refresh(): Promise<void> {
    const state = new Map<string, StoredResource>();
    for (const [key, old] of this.state) {
      const found = await this.provider.read(old);
      if (!found) continue;
      // A provider that gives no inputs has found no change.
      const inputs = Object.keys(found.inputs).length > 0 ? found.inputs : old.inputs;
      state.set(key, { ...found, inputs });
    }
    this.state = state;
  }

  /**
   * Creates, updates and replaces what has to be, and returns the names of what was changed.
   *
   * @param target name of the only resource to look at
   */
  async up(target?: string): Promise<string[]> {
    const changed: string[] = [];
    const meant = inOrder(this.declared).filter(({ name }) => target === undefined || name === target);
    for (const resource of meant) if (await this.apply(resource)) changed.push(resource.name);
    await this.deleteReplaced();
    return changed;
  }

  /** Deletes everything, what depends on others first. The provider process has seen nothing else of the run. */
  async destroy(provider: ProviderProcess): Promise<void> {
    for (const resource of inOrder(this.declared).reverse()) {
      const made = this.state.get(keyOf(resource));
      if (made) await provider.delete(made);
    }
    for (const old of this.replaced) await provider.delete(old);
    [this.state, this.replaced] = [new Map(), []];
  }

  /** The resources that were made or imported, as the stack has them. */
  resources(): StackResource[] {
    return this.declared.flatMap((resource) => {
      const { name, type } = resource;
      const made = this.state.get(keyOf(resource));
      if (made === undefined) return [];
      return [{ urn: name, type, id: made.id, inputs: made.inputs, outputs: made.properties }];
    });
  }

  private async apply(resource: DeclaredResource): Promise<boolean> {
    const key = keyOf(resource);
    const [kind, inputs, old] = [kindOf(resource), this.inputsOf(resource), this.state.get(key)];
    const store = (made: CreatedResource): void =>
      void (this.state = new Map(this.state).set(key, { ...made, inputs }));
    const { failures } = await this.provider.check(kind, inputs, old?.inputs);
    if (failures.length > 0)
      throw new Error(`${resource.name}: ${failures.map(({ reason }) => reason).join("; ")}`);
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
    if (replaces.length > 0) this.replaced = [...this.replaced, old];
    return true;
  }

  private async deleteReplaced(): Promise<void> {
    for (const old of this.replaced) {
      await this.provider.delete(old);
      this.replaced = this.replaced.filter((each) => each !== old);
    }
  }

  /** Inputs with the secrets of the tokens that were made. */
  private inputsOf({ inputs }: DeclaredResource): Values {
    const values = withoutStateSecrets(inputs) as Values;
    const { token } = values;
    return typeof token === "string" ? { ...values, token: this.secretOf(token) } : values;
  }

  /** The secret of an adopted token is known already. */
  private secretOf(mark: string): string {
    const tokens = this.declared.filter((resource) => kindOf(resource) === "ApiToken");
    const made = tokens.find(({ inputs }) => markOf(inputs.server, inputs.users[0]!) === mark);
    return made ? (this.state.get(keyOf(made))!.properties["token"] as string) : mark;
  }
}

async function declare(
  { servers: named, ...args }: TopologyInput,
  servers: object,
  settings: Settings,
): Promise<DeclaredResource[]> {
  const names = Object.keys(named);
  const entries = names.flatMap((about) =>
    names.map((holder) => ({ about, holder }) as Found["entries"][number]),
  );
  const found = { topology: { servers: named, ...args }, entries } as Found;
  const all = { ...args, ...settings } as DnsClusterArgs;
  const cluster = withoutSecrets({ name: "dns", args: all, direct: undefined, found });
  return declaredResources(cluster, { ...smallPlace, servers: JSON.stringify(servers) });
}

/** A program whose tokens have yet to be made: a mark stands for the secret of each. */
export function withoutSecrets(program: ClusterProgram): ClusterProgram {
  const entries = program.found.entries.map((entry) => ({
    ...entry,
    secret: markOf(entry.about, entry.holder),
  }));
  return { ...program, found: { ...program.found, entries } };
}

function storedResource({ urn, type, id = "", inputs, outputs }: StackResource): [string, StoredResource] {
  const name = urn.split("::").at(-1)!;
  return [keyOf({ type, name }), { id, inputs: inputs as Values, properties: outputs as Values }];
}

/** A cluster's gate and proof share its name. */
function keyOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type} ${name}`;
}

function markOf(server: string, user: string): string {
  return `token of ${server} for ${user}`;
}
