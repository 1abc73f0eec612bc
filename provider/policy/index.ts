/**
 * The link rules as policies for an organisation: see docs/policy-pack.md.
 *
 * @module pulumi-whm/policy
 */
import { PolicyPack, type Policies } from "@pulumi/policy";
import { judgedLinks } from "./judged-links";
import { linkRules } from "./link-rules";
import { newRun } from "./run";

/** Returns the policies of this package, for an organisation that has its own policy pack. */
export function policies(): Policies {
  const run = newRun();
  return [linkRules(run), judgedLinks(run)];
}

/** Serves the policies to the engine. This is all that the policy pack shipped with this package does. */
export function startPolicyPack(): void {
  new PolicyPack("pulumi-whm", { policies: policies(), enforcementLevel: "mandatory" });
}
