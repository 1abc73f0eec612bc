import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { changedSinceJudged, judgedInput } from "../../schema/judged";

/** What the engine sends: inputs or state of a resource, and what is for this package's own use. */
export type Properties = Record<string, unknown> & {
  /** The text that leads to this code. */
  __provider?: string;
  /** Why the rules reject what the program declares. */
  rejection?: string;
  /** The claim on what the resource has made, in the register of the server. */
  claim?: string;
  /** By what the server is known again. */
  host?: string;
  /** By what the servers of a gate are known again. */
  hosts?: Readonly<Record<string, string>>;
};

/**
 * What the engine sends, at preview, in place of a value that is not known yet: a fixed word, at any depth, also in
 * place of whole objects. It must pass every check and must never be taken for a host name.
 */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value, or any part of it, is not known yet. */
export function isUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isUnknown);
}

/** The inputs without what is for this package's own use. */
export function declaredInputs(news: Properties): Record<string, unknown> {
  const { __provider: _text, rejection: _rejection, claim: _claim, host: _host, ...others } = news;
  const { [judgedInput]: _judged, hosts: _hosts, ...inputs } = others;
  return inputs;
}

/**
 * Checks inputs. Failures name no property: the engine would print the value beside it, a secret one too.
 * Defaults are not filled in, to keep the state short.
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
 * What would be applied although the rules have judged something else, one sentence a value.
 *
 * @param values what stands for the inputs in the comparison
 */
export function changedAfterJudgement(news: Properties, values: Record<string, unknown> = news): string[] {
  const judged = news[judgedInput];
  return typeof judged === "string" && !isUnknown(judged)
    ? changedSinceJudged(judged, values, isUnknown)
    : [];
}

/** The inputs with defaults filled in and words shortened; what is not known yet is left as it came. */
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
  const result = schema.safeParse(inputs);
  if (result.success) return [];
  return result.error.issues
    .filter(
      (issue) => !isUnknown(inputs[String(issue.path[0])]) && !isLostToken(String(issue.path[0]), inputs),
    )
    .map((issue) => `${issue.path.join(".") || "the resource"}: ${issue.message}`);
}

/**
 * With `--continue-on-error` a token that could not be made arrives here as nothing at all. The engine leaves its users
 * out afterwards; a complaint about them would only hide what has failed.
 */
function isLostToken(property: string, inputs: Record<string, unknown>): boolean {
  return property === "token" && inputs["token"] === undefined;
}

function failures(reasons: string[]): pulumi.dynamic.CheckResult {
  return { failures: reasons.map((reason) => ({ property: "", reason })) };
}

/**
 * Refuses inputs that are not those which the rules have judged. The engine skips `check` for what `--target` leaves
 * out, so that create and update compare once more.
 *
 * @param values what stands for the inputs in the comparison
 */
export function refuseUnjudged(news: Properties, values: Record<string, unknown> = news): void {
  const changed = changedAfterJudgement(news, values);
  if (changed.length > 0) throw new Error(changed.join("\n"));
}
