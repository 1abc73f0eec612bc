import * as pulumi from "../sdk";
import type { ClusterToken } from "../../schema/topology";
import type { Program } from "./declarations";
import type { ProviderFacts } from "./provider-facts";

/** What the classes of this package remember while programs run. */
interface Registry {
  readonly version: number;
  /** What each run has declared, by the run's stack resource: a process may run preview and update one after the other. */
  readonly stacks: WeakMap<object, Program>;
  /** What providers were given. */
  readonly providers: WeakMap<pulumi.ProviderResource, ProviderFacts>;
  /** What is known of the tokens of `ApiToken` resources, by their output. */
  readonly tokens: WeakMap<object, ClusterToken>;
  /** What the SDK was given for each resource of this package. */
  readonly registrations: WeakMap<pulumi.Resource, Registration>;
  /** The transforms among the options of each resource. */
  readonly transforms: WeakMap<pulumi.Resource, pulumi.ResourceTransform[]>;
}

/** What the SDK was given for a resource. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly props: pulumi.Inputs;
  readonly opts: pulumi.CustomResourceOptions;
}

/** Goes up whenever a copy of this package could misread what another one has remembered. */
const version = 3;
const key = Symbol.for("pulumi-whm/declared");
const shared = globalThis as unknown as { [key]?: Registry };

/**
 * One registry for all copies of this package that a program has loaded, so that links are judged together whichever
 * copy they come from.
 *
 * @throws pulumi.RunError when a copy of another version is there that remembers things in another way
 */
export function registry(): Registry {
  const found = (shared[key] ??= {
    version,
    stacks: new WeakMap(),
    providers: new WeakMap(),
    tokens: new WeakMap(),
    registrations: new WeakMap(),
    transforms: new WeakMap(),
  });
  if (found.version === version) return found;
  throw new pulumi.RunError(
    "The program loads two versions of pulumi-whm that cannot judge their links together. `npm ls pulumi-whm` shows them; use one version.",
  );
}
