import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { changedSinceJudged, judgedInput } from "../../schema/judged";
import { problemLine } from "../../schema/problem";
import { read } from "../../schema/problems";

/** Properties that the engine sends: inputs or state of a resource, and what this package keeps there for itself. */
export type Properties = Record<string, unknown> & {
  /** Text that leads to this code. */
  __provider?: string;
  /** Why the rules reject the program. */
  rejection?: string;
  /** Claim on what the resource has made, in the register of the server. */
  claim?: string;
  /** Whether it was there before the stack adopted it. */
  adopted?: true;
  /** Mark by which the server is recognised. */
  host?: string;
  /** Marks by which the servers of a gate are recognised. */
  hosts?: Readonly<Record<string, string>>;
  /** What a refresh has noted of the links of a gate. The engine does not show names that begin so. */
  __seen?: unknown;
  /** Links of a gate that a run puts right after a refresh. */
  __restored?: unknown;
};

/**
 * Sent by the engine in a preview for a value that is not known yet: a fixed word, at any depth, even for whole
 * objects. It must pass every check and must never be taken for a host name.
 */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value, or any part of it, is not known yet. */
export function isUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isUnknown);
}

/** Returns the inputs without what this package keeps there for itself. */
export function declaredInputs(news: Properties): Record<string, unknown> {
  const { __provider: _text, rejection: _rejection, claim: _claim, host: _host, ...others } = news;
  const { [judgedInput]: _judged, hosts: _hosts, adopted: _adopted, __seen: _seen, ...more } = others;
  const { __restored: _restored, written: _written, ...inputs } = more;
  return inputs;
}

/**
 * Checks inputs. Failures name no property: the engine would print its value, even a secret one. Defaults are not
 * filled in, to keep the state short.
 */
export function checkInputs(schema: z.ZodObject, news: Properties): pulumi.dynamic.CheckResult {
  if (news.rejection !== undefined && !isUnknown(news.rejection)) return failures([news.rejection]);
  const inputs = declaredInputs(news);
  const problems = problemsOf(schema, inputs);
  if (problems.length > 0) return failures(problems);
  const changed = changedAfterJudgement(news);
  if (changed.length > 0) return failures(changed);
  const parsed: Record<string, unknown> = knownInputs(schema, news);
  const checked = Object.fromEntries(Object.keys(inputs).map((key) => [key, parsed[key]]));
  const judged = news[judgedInput];
  // Create and update compare with it once more.
  return { inputs: { ...checked, ...(judged !== undefined && { [judgedInput]: judged }) } };
}

/**
 * Lists what would be applied although the rules have judged something else, one sentence for each value.
 *
 * @param values values to compare in place of the inputs
 */
export function changedAfterJudgement(news: Properties, values: Record<string, unknown> = news): string[] {
  const judged = news[judgedInput];
  return typeof judged === "string" && !isUnknown(judged)
    ? changedSinceJudged(judged, values, isUnknown)
    : [];
}

/** Returns the inputs with defaults filled in and role words shortened. Unknown values stay as they are. */
export function knownInputs<Schema extends z.ZodObject>(schema: Schema, news: Properties): z.output<Schema> {
  const inputs = declaredInputs(news);
  const fields = Object.entries(schema.shape).map(([key, field]) => {
    const value = inputs[key];
    const parsed = isUnknown(value) ? undefined : (field as z.ZodType).safeParse(value);
    return [key, parsed?.success ? parsed.data : value];
  });
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as z.output<Schema>;
}

function problemsOf(schema: z.ZodObject, inputs: Record<string, unknown>): string[] {
  const reading = read(schema, inputs);
  if ("data" in reading) return [];
  return reading.problems
    .filter(({ path: [property] }) => !isUnknown(inputs[String(property)]))
    .filter(({ path: [property] }) => !isLostToken(String(property), inputs))
    .map(problemLine);
}

/**
 * Whether a token is missing because it could not be made. With `--continue-on-error` it arrives as nothing at all, and
 * the engine later leaves out its users. A complaint about them would only hide the real failure.
 */
function isLostToken(property: string, inputs: Record<string, unknown>): boolean {
  return property === "token" && inputs["token"] === undefined;
}

function failures(reasons: string[]): pulumi.dynamic.CheckResult {
  return { failures: reasons.map((reason) => ({ property: "", reason })) };
}

/**
 * Refuses inputs that are not those that the rules have judged. The engine skips `check` for what `--target` leaves
 * out, so create and update compare once more.
 *
 * @param values values to compare in place of the inputs
 */
export function refuseUnjudged(news: Properties, values: Record<string, unknown> = news): void {
  const changed = changedAfterJudgement(news, values);
  if (changed.length > 0) throw new Error(changed.join("\n"));
}
