/** Kinds of files that have a JSON schema, by the name of that. */
export type FileKind = "topology" | "servers";

/**
 * Returns the first line of a YAML file by which editors find its schema: they then complete keys and mark mistakes. The
 * path leads from a project's folder into the installed package.
 */
export function schemaComment(kind: FileKind): string {
  return `# yaml-language-server: $schema=node_modules/pulumi-whm/schemas/${kind}.json\n`;
}
