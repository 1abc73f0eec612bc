import * as pulumi from "../sdk";

/** Returns the owner of a resource, for the claims on what it makes: see `logicalName` in the schema. */
export function logicalNameOf(name: string): string {
  return [organization(), pulumi.getProject(), pulumi.getStack(), name].join("/");
}

/** Returns the organization. Unit tests of a program may have none: `setMocks` takes it as its last argument. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}
