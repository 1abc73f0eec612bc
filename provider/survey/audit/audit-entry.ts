import { hasOtherModule, missingRole, type FoundMember } from "../../servers";
import type { DeclaredEntry } from "./declaration";
import { putRight, type Difference } from "./difference";
import { findEntry, type Look } from "./look";

/** Compares an entry with what its server stores, without its token. The other server need not be readable. */
export function auditEntry(entry: DeclaredEntry, look: Look): Difference[] {
  const found = findEntry(entry, look);
  if (found === undefined) return [missing(entry)];
  if (hasOtherModule(found)) return [otherModule(entry, found)];
  return [
    ...role(entry, found),
    ...disabled(entry, found),
    ...address(entry, found),
    ...(found.text === undefined ? [] : hostName(entry, found, look)),
  ];
}

function missing({ type, holder: server, about: peer, role }: DeclaredEntry): Difference {
  const parts = { server, peer, declared: role, actual: null };
  if (type === "link")
    return {
      ...parts,
      kind: "missing-link",
      message: `${server} does not store ${peer}; a link with the role ${role} is declared.`,
      fix: putRight(`add ${peer} under DNS Cluster in WHM on ${server}`),
    };
  return {
    ...parts,
    kind: "missing-trust",
    message: `${server} holds no entry for ${peer}, so it can't check records there; the trust is declared.`,
    fix: putRight(`add ${peer} with the role Standalone under DNS Cluster in WHM on ${server}`),
  };
}

function otherModule({ holder: server, about: peer }: DeclaredEntry, { fields }: FoundMember): Difference {
  const module = fields.module ?? null;
  return {
    server,
    peer,
    kind: "module",
    declared: "cPanel",
    actual: module,
    message: `The entry of ${server} for ${peer} belongs to ${module === null ? "no module" : `the module ${module}`}, so WHM does not take it for a cPanel server.`,
    fix: putRight(`remove the entry and add ${peer} again under DNS Cluster in WHM on ${server}`),
  };
}

function role(entry: DeclaredEntry, found: FoundMember): Difference[] {
  const { type, holder: server, about: peer, role: declared } = entry;
  const reason = missingRole(found);
  const actual = reason ?? found.role ?? null;
  if (actual === declared) return [];
  const kind = type === "link" ? "role" : "trust-role";
  const message =
    reason === undefined
      ? `${server} stores ${peer} with the role ${actual}; ${purpose(entry)}.`
      : `WHM on ${server} does not see its entry for ${peer} (${reason}); ${purpose(entry)}.`;
  const word = { sync: "Synchronize", "write-only": "Write-only", standalone: "Standalone" }[declared];
  const fix = putRight(`set the role of ${peer} to ${word} under DNS Cluster in WHM on ${server}`);
  return [{ server, peer, kind, declared, actual, message, fix }];
}

function purpose({ type, role }: DeclaredEntry): string {
  return type === "link" ? `declared is ${role}` : "a trust has the role standalone, which sends nothing";
}

function disabled(
  { role: declared, holder: server, about: peer }: DeclaredEntry,
  found: FoundMember,
): Difference[] {
  if (declared === "standalone" || found.disabled === undefined) return [];
  const message = `WHM on ${server} has disabled ${peer} after too many failures (${found.disabled}), so it sends nothing there.`;
  const fix =
    `Find out why ${peer} does not answer. Then run \`pulumi up --refresh\`, or enable it under DNS Cluster in WHM on ${server}, ` +
    "and send what has changed meanwhile: /usr/local/cpanel/scripts/dnscluster syncall.";
  return [{ server, peer, kind: "disabled-member", declared: "in use", actual: "disabled", message, fix }];
}

function address({ holder: server, about: peer, key }: DeclaredEntry, found: FoundMember): Difference[] {
  if (found.key === key) return [];
  const message = `${server} stores ${peer} under ${found.key}; declared is ${key}.`;
  const fix = `Remove the entry for ${found.key} and add ${key} under DNS Cluster in WHM on ${server}, or declare \`via\`.`;
  return [{ server, peer, kind: "address", declared: key, actual: found.key, message, fix }];
}

function hostName(
  { holder: server, about: peer, key }: DeclaredEntry,
  { fields }: FoundMember,
  { declaration }: Look,
): Difference[] {
  const declared = declaration.servers.get(peer)?.hostname;
  // Without a declared name, the one of the connections is right, and so is the address, which stands for it.
  const known = declaration.known[peer]?.hostname;
  const accepted = declared !== undefined ? [declared] : known !== undefined ? [known, key] : [];
  const actual = fields.host;
  const isRight = accepted.some((name) => name.toLowerCase() === actual?.toLowerCase());
  if (isRight || accepted[0] === undefined) return [];
  const message = `${server} stores ${peer} with the host name ${actual ?? "(none)"}; declared is ${accepted[0]}.`;
  const fix = putRight(`remove ${peer} and add it again under DNS Cluster in WHM on ${server}`);
  return [
    {
      server,
      peer,
      kind: "host-name",
      declared: accepted[0],
      actual: actual ?? null,
      message,
      fix,
    },
  ];
}
