import { listText } from "../report/words";
import type { Risk } from "./risk";

/**
 * A web server loses its last way to a nameserver: its links are removed, made standalone or drained, or it leaves the
 * cluster. The link rules do not see the last case, because they judge only what is left.
 */
export const webServerWithoutNameserver: Risk = {
  id: "web-server-without-nameserver",
  severity: "error",
  summary: "A web server that sends zones to a nameserver sends them to none afterwards.",
  consequence: "New and changed zones of its accounts no longer reach anybody who answers for them.",
  check: ({ change: { unfed } }) =>
    unfed.map(({ name, fed }) => ({
      servers: [name],
      problem: `${name} sends its zones to ${listText(fed)}, and to no nameserver after this change.`,
      fix: `Link ${name} to another nameserver first.`,
    })),
};
