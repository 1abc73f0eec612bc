/**
 * Pulumi's SDK, file by file. Its index also loads the Automation API and npm's code for walking through installed
 * packages, which takes two thirds of a second in every run of a program.
 */
export { RunError, ResourceError } from "@pulumi/pulumi/errors";
export * as log from "@pulumi/pulumi/log";
export { getOrganization, getProject, getStack } from "@pulumi/pulumi/metadata";
export { all, Output, output, secret, unknown, type Input, type Inputs } from "@pulumi/pulumi/output";
export {
  ComponentResource,
  CustomResource,
  mergeOptions,
  ProviderResource,
  Resource,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type ID,
  type ResourceOptions,
  type ResourceTransform,
} from "@pulumi/pulumi/resource";
export { getConfig } from "@pulumi/pulumi/runtime/config";
export { getMonitor } from "@pulumi/pulumi/runtime/settings";
export { getStackResource } from "@pulumi/pulumi/runtime/stack";
