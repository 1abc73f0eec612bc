import type { PlainServer } from "../../schema/server";
import { missingRole } from "../../servers";
import { countText, listText } from "../../topology";
import { duplicateMembers, duplicateText, type DuplicateMembers } from "../duplicate-members";
import type { ServerSurvey } from "../server-survey";
import { putRight, type Difference } from "./difference";
import { isOfCpanel, nameAt, undeclaredEntries, type Look } from "./look";
import { isVersion } from "../versions";

/** Compares a server itself, and looks for links that nobody has declared. */
export function auditServer(found: ServerSurvey, look: Look): Difference[] {
  const declared = look.declaration.servers.get(found.name);
  return [
    ...(declared ? facts(found, declared) : []),
    ...clusteringOff(found, look),
    ...undeclaredLinks(found, look),
    ...duplicateEntries(found, look),
    ...oddFiles(found, look),
  ];
}

const products = { cpanel: "cPanel & WHM", dnsonly: "cPanel DNSOnly" } as const;

function facts(found: ServerSurvey, { type, version, dnsServer }: PlainServer): Difference[] {
  const { name: server, product, nameserver } = found;
  const differences: Difference[] = [];
  if (product !== type)
    differences.push({
      server,
      kind: "product",
      declared: type,
      actual: product,
      message: `${server} runs ${products[product]}; declared is ${products[type]}. Which links are allowed depends on it.`,
      fix: `Declare it with type: ${product}, or check where its connection leads.`,
    });
  if (version !== undefined && !isVersion(found.version, version))
    differences.push({
      server,
      kind: "version",
      declared: version,
      actual: found.version,
      message: `${server} runs version ${found.version}; declared is ${version}.`,
      fix: "Declare the version that runs, or only its beginning, such as 11.136, or update the server.",
    });
  if (dnsServer !== undefined && nameserver !== dnsServer)
    differences.push({
      server,
      kind: "nameserver",
      declared: dnsServer,
      actual: nameserver,
      message: `${server} is set to the nameserver ${nameserver}; declared is ${dnsServer}.`,
      fix: `Declare dnsServer: ${nameserver}, or choose ${dnsServer} under Nameserver Selection in WHM.`,
    });
  return differences;
}

function clusteringOff(
  { name: server, isClusteringOn, members }: ServerSurvey,
  { declaration }: Look,
): Difference[] {
  const fed = declaration.entries
    .filter(({ type, holder, role }) => type === "link" && holder === server && role !== "standalone")
    .map(({ about }) => about);
  if (isClusteringOn || fed.length === 0) return [];
  const message = `DNS clustering is off on ${server}, so it sends nothing to ${listText(fed)}.`;
  const byHand = `turn it on under DNS Cluster in WHM on ${server}`;
  const feeding = members.filter(({ role }) => role !== undefined && role !== "standalone");
  // A run of the engine does not let zones flow to several members again because of one of them.
  const fix =
    feeding.length > 1
      ? `If zones may flow to ${countText(feeding.length, "member")} again, ${byHand}. A run does so only for a \`DnsClusterMember\` with \`enableClustering: true\`.`
      : putRight(byHand);
  return [{ server, kind: "clustering-off", declared: "on", actual: "off", message, fix }];
}

function undeclaredLinks(found: ServerSurvey, look: Look): Difference[] {
  const { name: server } = found;
  const undeclared = undeclaredEntries(found, look);
  // A second entry for a server that is declared is told as such.
  const again = duplicatesOn(found, look)
    .filter(({ keys }) => keys.some((key) => !undeclared.some((member) => member.key === key)))
    .flatMap(({ keys }) => keys);
  return undeclared
    .filter((member) => isOfCpanel(member) && member.text !== undefined && !again.includes(member.key))
    .flatMap(({ key, role }) => {
      if (role === undefined || role === "standalone") return [];
      const peer = nameAt(key, look.declaration);
      const place = peer === key ? `${key}, a server that is not known,` : `${peer} under ${key}`;
      const message = `${server} sends zones to ${place} with the role ${role}; no link to it is declared.`;
      const fix = `Declare the link, or remove the member under DNS Cluster in WHM on ${server}.`;
      return [{ server, peer, kind: "undeclared-link", declared: null, actual: role, message, fix } as const];
    });
}

function duplicateEntries(found: ServerSurvey, look: Look): Difference[] {
  const { name: server } = found;
  return duplicatesOn(found, look).map((duplicate) => ({
    server,
    peer: duplicate.about,
    kind: "duplicate-entry",
    declared: null,
    actual: duplicate.keys.join(", "),
    message: `${server} ${duplicateText(duplicate)}.`,
    fix: `Remove the one that is not right any more under DNS Cluster in WHM on ${server}.`,
  }));
}

function duplicatesOn({ members }: ServerSurvey, { declaration }: Look): DuplicateMembers[] {
  return duplicateMembers(members, (address) => {
    const name = nameAt(address, declaration);
    return name === address ? undefined : name;
  });
}

/** Finds files that nobody has declared and that WHM can't use: it fails on some, and members may hide behind others. */
function oddFiles(found: ServerSurvey, look: Look): Difference[] {
  const { name: server } = found;
  return undeclaredEntries(found, look).flatMap((member): Difference[] => {
    const { key, text } = member;
    const why = missingRole(member);
    if (why === undefined || (text !== undefined && !isOfCpanel(member))) return [];
    const message = `${server} has a file for ${key} in its cluster that WHM can't use (${why}).`;
    const fix = `Remove it under DNS Cluster in WHM on ${server}, or declare the link.`;
    return [
      {
        server,
        peer: nameAt(key, look.declaration),
        kind: "odd-file",
        declared: null,
        actual: why,
        message,
        fix,
      },
    ];
  });
}
