import * as pulumi from "../sdk";
import { createRequire } from "node:module";
import { program } from "./program";
import { registry, type Registration } from "./registry";

// The rules judge what a constructor is given. A transform, a transformation or an option may change it afterwards; the
// engine tells only the check of that resource, and others are made by then. The SDK doesn't reveal which transforms
// are active, so two of its functions are wrapped: the one that registers a resource and the one that registers a
// transform for the whole stack. If an SDK lacks them, nothing is known here, and only the checks in the engine refuse.

const ours = "pulumi-nodejs:dynamic/whm:";
const wrapped = Symbol.for("pulumi-whm/wrapped");

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string, (Method & { [wrapped]?: true }) | undefined>;

/** Returns a resource's arguments in the SDK, after old-style transformations; undefined if unknown. */
export function registrationOf(resource: pulumi.Resource): Registration | undefined {
  return registry().registrations.get(resource);
}

/** Lists the transforms that the engine runs on a resource before those of the stack: its own, then its parents'. */
export function transformsOn(resource: pulumi.Resource): pulumi.ResourceTransform[] {
  const { transforms } = registry();
  return [resource, ...ancestorsOf(resource)].flatMap((each) => transforms.get(each) ?? []);
}

function ancestorsOf(resource: pulumi.Resource): pulumi.Resource[] {
  const parent = (resource as { __parentResource?: pulumi.Resource }).__parentResource;
  return parent ? [parent, ...ancestorsOf(parent)] : [];
}

function watch(): void {
  wrap(sdkModule("runtime/resource"), "registerResource", (args) => {
    const [resource, , type, name, , , , props, opts] = args as RegisterArguments;
    if (opts?.transforms?.length) registry().transforms.set(resource, opts.transforms);
    if (type.startsWith(ours)) registry().registrations.set(resource, { type, name, props, opts });
  });
  const { CallbackServer } = sdkModule("runtime/callbacks") as { CallbackServer?: { prototype?: Methods } };
  wrap(CallbackServer?.prototype ?? {}, "registerStackTransform", ([transform]) => {
    program().stackTransforms.push(transform as pulumi.ResourceTransform);
  });
}

type RegisterArguments = [
  resource: pulumi.Resource,
  parent: unknown,
  type: string,
  name: string,
  custom: unknown,
  remote: unknown,
  newDependency: unknown,
  props: pulumi.Inputs,
  opts: Registration["opts"],
];

function sdkModule(path: string): Methods {
  try {
    return createRequire(__filename)(`@pulumi/pulumi/${path}`) as Methods;
  } catch {
    return {};
  }
}

/** Notes every call. A failure to note must never keep the SDK from its work. */
function wrap(methods: Methods, name: string, note: (args: unknown[]) => void): void {
  const original = methods[name];
  if (typeof original !== "function" || original[wrapped]) return;
  const noting: Method = function (...args) {
    try {
      note(args);
    } catch {
      // Another SDK with other arguments: the checks in the engine remain.
    }
    return original.apply(this, args);
  };
  methods[name] = Object.assign(noting, { [wrapped]: true as const });
}

watch();
