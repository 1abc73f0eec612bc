import * as pulumi from "@pulumi/pulumi";

/** Whose a resource is, for the claims on what it makes: see `logicalName` in the schema. */
export function logicalNameOf(name: string): string {
  return [organization(), pulumi.getProject(), pulumi.getStack(), name].join("/");
}

/** The engine always names one; mocks do so only when they are asked to, and the SDK throws where there is none. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}
