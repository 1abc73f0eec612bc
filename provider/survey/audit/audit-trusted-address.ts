import { holdsAddress } from "../../servers";
import type { ServerSurvey } from "../server-survey";
import { putRight, type Difference } from "./difference";
import { nameAt, type Look } from "./look";

/** Compares one line of a server's list of trusted addresses. */
export function auditTrustedAddress(found: ServerSurvey, address: string, look: Look): Difference[] {
  if (holdsAddress(found.trustedAddresses ?? "", address)) return [];
  const { name: server } = found;
  const peer = nameAt(address, look.declaration);
  return [
    {
      server,
      ...(peer !== address && { peer }),
      kind: "missing-trusted-address",
      declared: address,
      actual: null,
      message: `${server} does not trust ${address}${peer === address ? "" : `, an address of ${peer}`}. Users there may be refused domains whose nameservers have it.`,
      fix: putRight(`add the line to /etc/ips.remotedns on ${server}`),
    },
  ];
}
