import { defineRule } from "../judge/rule";
import { isSupported, parseVersion } from "../model/version";

/**
 * Every server runs version 11 or later.
 *
 * Older servers don't know the roles and tokens of clusters. Versions are written `11.136.0.5` or, in short, `136.0.5`.
 * An undeclared version is not an error here: it is looked up before a link is made.
 *
 * Example: `ns1` with `version: "10.8"`.
 * Source: the guide's requirements.
 */
export const supportedVersion = defineRule({
  id: "supported-version",
  severity: "error",
  fixed: true,
  scope: "everything",
  guide: ["G1"],
  source: "Guide to DNS Cluster Configurations, requirements",
  summary: "A declared version below 11, or one that cannot be read.",
  consequence:
    "Servers older than version 11 cannot take part in a cluster, so links to them fail or are ignored.",
  example: 'ns1 with version: "10.8"',
  check({ servers }) {
    return [...servers.values()].flatMap(({ name, version }) => {
      if (version === undefined || isSupported(version)) return [];
      const problem = parseVersion(version)
        ? `${name} is declared to run version ${version}; 11 or later is needed.`
        : `${name} has the version "${version}", which cannot be read as one of cPanel & WHM.`;
      const fix =
        "Upgrade the server, correct its version to one such as 11.136.0.5, or leave the version out to have it looked up.";
      return [{ servers: [name], problem, fix }];
    });
  },
});
