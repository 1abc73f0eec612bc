import * as pulumi from "../sdk";

/** Whose a resource is, for the claims on what it makes: see `logicalName` in the schema. */
export function logicalNameOf(name: string): string {
  return [organization(), pulumi.getProject(), pulumi.getStack(), name].join("/");
}

/** A program's own unit tests may have none: `setMocks` takes it as its last argument. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}
