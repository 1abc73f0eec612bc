import * as pulumi from "../sdk";
import type { ClusterToken } from "../../schema/topology";
import type { Program } from "./declarations";
import type { ProviderFacts } from "./provider-facts";

/** What the classes of this package remember while programs run. */
interface Registry {
  readonly version: number;
  /** Declarations of each run, by its stack resource: one process may run preview and update one after the other. */
  readonly stacks: WeakMap<object, Program>;
  /** Arguments of providers. */
  readonly providers: WeakMap<pulumi.ProviderResource, ProviderFacts>;
  /** Facts about the tokens of `ApiToken` resources, by their output. */
  readonly tokens: WeakMap<object, ClusterToken>;
  /** Arguments with which each resource of this package was registered in the SDK. */
  readonly registrations: WeakMap<pulumi.Resource, Registration>;
  /** Transforms among the options of each resource. */
  readonly transforms: WeakMap<pulumi.Resource, pulumi.ResourceTransform[]>;
}

/** Arguments with which a resource was registered in the SDK. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly props: pulumi.Inputs;
  readonly opts: pulumi.CustomResourceOptions;
}

/** Increased whenever a copy of this package could misread what another one has remembered. */
const version = 4;
const key = Symbol.for("pulumi-whm/declared");
const shared = globalThis as unknown as { [key]?: Registry };

/**
 * Returns the one registry for all copies of this package that a program has loaded, so that links are judged together
 * whichever copy they come from.
 *
 * @throws pulumi.RunError when a copy of another version remembers things in another way
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
