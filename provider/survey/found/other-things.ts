import { listText } from "../../topology";
import type { Survey } from "../server-survey";
import { type Problem, problemOfOwner } from "./entry-problems";
import type { Circumstances, LeftAlone } from "./found-entry";

/**
 * Lists what stands on the servers beside the entries of root's clusters, and stays as it is.
 *
 * @param adopted addresses that are brought into a stack, by the server that trusts them
 */
export function otherThings(
  circumstances: Circumstances,
  adopted: Readonly<Record<string, readonly string[]>>,
): LeftAlone[] {
  return [
    ...resellers(circumstances.survey),
    ...foreignLines(circumstances, adopted),
    ...unusedTokens(circumstances),
  ];
}

function resellers({ servers }: Survey): LeftAlone[] {
  return [...servers.values()].flatMap(({ name: server, resellers: stored }) => {
    const users = [...new Set(stored.map(({ user }) => user))].sort();
    return users.map((user) => ({
      server,
      what: `cluster of the reseller ${user}`,
      why: "only root's clusters are managed",
      fix: "Nothing to do.",
    }));
  });
}

const needless: Problem = [
  "no link that was found needs it",
  "Remove the line if no nameserver has this address any more.",
];

function foreignLines(
  { survey: { servers }, owner }: Circumstances,
  adopted: Readonly<Record<string, readonly string[]>>,
): LeftAlone[] {
  return [...servers.values()].flatMap((holder) => {
    const { name: server, trustedAddresses = "" } = holder;
    const own = new Set(adopted[server] ?? []);
    const lines = trustedAddresses.split("\n").map((line) => line.trim());
    const foreign = [
      ...new Set(lines.filter((line) => line !== "" && !line.startsWith("#") && !own.has(line))),
    ];
    return foreign.map((line) => {
      const [why, fix] = problemOfOwner(holder, { kind: "line", key: line }, owner) ?? needless;
      return { server, what: `line ${line.slice(0, 60)} in /etc/ips.remotedns`, why, fix };
    });
  });
}

/** Lists the tokens that may be used by clusters and that no server read here stores. */
function unusedTokens({ survey, now }: Circumstances): LeftAlone[] {
  const { servers, uses, loginTokens, unreadable } = survey;
  const fix =
    unreadable.size === 0
      ? "Revoke it in WHM if nobody else uses it."
      : `Leave it until ${listText([...unreadable.keys()])} can be read: it may be stored there.`;
  return [...servers.values()].flatMap(({ name: server, tokens }) => {
    const own = loginTokens?.get(server);
    const used = new Set(uses.filter(({ peer }) => peer === server).map(({ token }) => token?.name));
    return tokens
      .filter(({ name, acls }) => name !== own && !used.has(name) && acls.includes("clustering"))
      .map(({ name, expiresAt }) => ({
        server,
        what: `API token ${name}`,
        why: `no server that was read stores it${expiresAt !== undefined && expiresAt <= now ? ", and it has expired" : ""}`,
        fix,
      }));
  });
}
