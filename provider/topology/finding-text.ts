import type { Finding } from "./finding";
import { listText } from "./words";

/** What a finding is about: a link, servers, or the cluster. */
export function placeText({ servers, link }: Finding): string {
  return link ? `${link.from} -> ${link.to}` : listText(servers) || "the cluster";
}

/** Why the severity of a finding is not the one of the table; empty where it is. */
export function overrideText({ reason }: Finding): string {
  return reason === undefined ? "" : ` (overridden: ${reason})`;
}
