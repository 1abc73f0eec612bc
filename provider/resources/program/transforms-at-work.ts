import * as pulumi from "../sdk";
import { createRequire } from "node:module";
import { program } from "./program";
import { registry, type Registration } from "./registry";

// The rules judge what a constructor is given. The engine applies something else where a transform, a transformation or
// an option changes it afterwards, and says so to the resource's own check only: others are made by then. The SDK does
// not tell which transforms are at work, so that two of its functions are wrapped: the one that registers a resource, and
// the one that registers a transform for the whole stack. With an SDK in which they are not found nothing is known here,
// and the checks in the engine alone refuse.

const ours = "pulumi-nodejs:dynamic/whm:";
const wrapped = Symbol.for("pulumi-whm/wrapped");

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string, (Method & { [wrapped]?: true }) | undefined>;

/** What the SDK was given for a resource of this package, after old-style transformations; undefined where it is not known. */
export function registrationOf(resource: pulumi.Resource): Registration | undefined {
  return registry().registrations.get(resource);
}

/** The transforms that the engine will run on a resource before those of the stack: its own, then those of what it is in. */
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

/** Notes every call; what cannot be noted must never keep the SDK from its work. */
function wrap(methods: Methods, name: string, note: (args: unknown[]) => void): void {
  const original = methods[name];
  if (typeof original !== "function" || original[wrapped]) return;
  const noting: Method = function (...args) {
    try {
      note(args);
    } catch {
      // Another SDK with other arguments: the checks in the engine are left.
    }
    return original.apply(this, args);
  };
  methods[name] = Object.assign(noting, { [wrapped]: true as const });
}

watch();
