import type * as pulumi from "../sdk";

/**
 * A synchronisation: the `remote.Command` of `@pulumi/command`. Named here, so that programs without that package can be
 * compiled.
 */
export interface Synchronisation extends pulumi.CustomResource {
  /** The end of what was printed. */
  readonly stdout: pulumi.Output<string>;
  /** What was printed to standard error. */
  readonly stderr: pulumi.Output<string>;
}
