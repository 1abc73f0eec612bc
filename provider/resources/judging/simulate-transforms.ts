import * as pulumi from "../sdk";
import { changedSinceJudged, readFields } from "../../schema/judged";
import type { Program, Part } from "../program/declarations";
import { optionProblem } from "./refused-options";
import type { Registration } from "../program/registry";
import { registrationOf, transformsOn } from "../program/transforms-at-work";

/** Seconds after which the engine's own checks are left to find what a transform has changed. */
const limitSeconds = 10;

type Applied = Pick<Registration, "props" | "opts">;

/**
 * Runs the transforms of a program on everything that it declares, as the engine will, and compares the result with
 * what was judged. The engine begins to make things before it comes to the last resource; only here can all be judged.
 *
 * @returns the whole text of a rejection, or undefined. Never rejects, and ends even if a transform waits for something
 */
export async function rejectionOfParts({ parts, stackTransforms }: Program): Promise<string | undefined> {
  const problems: string[] = [];
  const all = Promise.all(
    parts.map(async (part) => {
      problems.push(...(await problemsOf(part, stackTransforms).catch(() => [])));
    }),
  );
  await withinLimit(all);
  if (problems.length === 0) return undefined;
  return ["The links are rejected:", ...problems.sort().map((problem) => `  ${problem}`)].join("\n");
}

async function problemsOf(part: Part, ofStack: readonly pulumi.ResourceTransform[]): Promise<string[]> {
  const registration = registrationOf(part.resource);
  if (!registration) return [];
  const { props, opts } = await transformed(registration, [...transformsOn(part.resource), ...ofStack]);
  part.ignored = opts.ignoreChanges ?? [];
  const problem = optionProblem(part.kind, registration.name, opts);
  const fields = readFields(part.judged);
  const values = await Promise.all(
    fields.map(async (field) => [field, await settled(props[field])] as const),
  );
  return [...(problem ? [problem] : []), ...changedSinceJudged(part.judged, Object.fromEntries(values))];
}

/** Runs the transforms one after the other, each on the result of the one before. */
async function transformed(
  { type, name, props, opts }: Registration,
  transforms: readonly pulumi.ResourceTransform[],
): Promise<Applied> {
  if (transforms.length === 0) return { props, opts };
  let applied: Applied = { props: asSent(props) as pulumi.Inputs, opts: optionsAsSent(opts) };
  for (const transform of transforms) {
    const result = await transform({ custom: true, type, name, ...applied });
    if (result) applied = { props: result.props, opts: result.opts ?? applied.opts };
  }
  return applied;
}

/** Fills in the lists that the engine always sends. Leaves out dependencies: a transform would wait for the verdict. */
function optionsAsSent(opts: Registration["opts"]): Registration["opts"] {
  const { replaceOnChanges = [], aliases = [], additionalSecretOutputs = [] } = opts;
  const { transforms: _transforms, transformations: _transformations, ...others } = opts;
  const ignoreChanges = [...(opts.ignoreChanges ?? [])];
  return { ...others, ignoreChanges, replaceOnChanges, aliases, additionalSecretOutputs, dependsOn: [] };
}

/** Replaces what is unknown while the program runs, or secret, by an output, as the engine does. */
function asSent(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return pulumi.secret("(not known yet)");
  if (Array.isArray(value)) return value.map(asSent);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([key, part]) => [key, asSent(part)]));
}

function settled(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return new Promise((resolve) => {
    (pulumi.output(value) as pulumi.Output<unknown>).apply(resolve);
  });
}

async function withinLimit(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, limitSeconds * 1000);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
