import * as pulumi from "@pulumi/pulumi";

/** Whose a resource is, for the claims on what it makes: see `logicalName` in the schema. */
export function logicalNameOf(name: string): string {
  return [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack(), name].join("/");
}
