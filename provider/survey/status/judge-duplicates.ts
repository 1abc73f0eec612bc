import { duplicateMembers, duplicateText } from "../duplicate-members";
import type { ClusterStatus } from "./cluster-status";
import { finding, type StatusFinding } from "./finding";

/** Finds servers that another one stores twice. */
export function judgeDuplicates({ servers, nameAt }: ClusterStatus): StatusFinding[] {
  return [...servers.values()].flatMap(({ name: server, members }) =>
    duplicateMembers(members, nameAt).map((duplicate) =>
      finding({
        server,
        peer: duplicate.about,
        kind: "member-duplicated",
        message: `${duplicateText(duplicate)}.`,
        fix: `Remove the one that is not right any more on WHM's DNS Cluster page of ${server}.`,
      }),
    ),
  );
}
