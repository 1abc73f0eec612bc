import {
  allClaims,
  anotherServer,
  findLeftovers,
  readAnnouncements,
  registerOf,
  strangeness,
  type Announcement,
  type Claim,
  type Leftovers,
  type Recognition,
  type Server,
} from "../../servers";
import { countText, inReadingOrder, listText } from "../../topology";
import { failedBy, ok, warning, type CheckResult } from "./check";

/**
 * Checks the register of a server: that it belongs to this machine, can be read, and that no run has left anything.
 *
 * @throws ServerError `damaged-register`
 */
export async function checkRegister(server: Server, recognition: Recognition): Promise<CheckResult> {
  const strange = strangeness(recognition, server.settings);
  if (strange !== undefined) return failedBy(anotherServer(server, strange));
  const [names, claims, announcements, leftovers] = await Promise.all([
    registerOf(server).names(),
    allClaims(server),
    readAnnouncements(server),
    findLeftovers(server),
  ]);
  const traces = tracesOf({ recognition, names, claims, leftovers });
  const contents = contentsText(claims, announcements);
  return traces.length === 0
    ? ok(contents)
    : warning(
        `${contents}; ${traces.join("; ")}`,
        "A run is at work there, or was killed. If none is, run `pulumi up` of its stack: it finishes the work and removes the rest.",
      );
}

interface Seen {
  readonly recognition: Recognition;
  readonly names: readonly string[];
  readonly claims: readonly Claim[];
  readonly leftovers: Leftovers;
}

/** Lists what only a run at work or a killed one leaves. */
function tracesOf({ recognition: { record, isBroken }, names, claims, leftovers }: Seen): string[] {
  const { temporaryFiles, isTurnTaken } = leftovers;
  const begun = claims.filter(({ content }) => content === undefined).length;
  return [
    ...(isBroken ? ["server.json was not written to its end"] : []),
    ...(!record && !isBroken && names.length > 0 ? ["server.json is missing"] : []),
    ...(begun > 0 ? [`${countText(begun, "claim")} not written to the end`] : []),
    ...(isTurnTaken ? ["the turn to remove lines is taken (file turn)"] : []),
    ...(temporaryFiles.length > 0
      ? [`${countText(temporaryFiles.length, "temporary file")}: ${listText(temporaryFiles)}`]
      : []),
  ];
}

function contentsText(claims: readonly Claim[], announcements: readonly Announcement[]): string {
  if (claims.length + announcements.length === 0) return "no claims";
  const owners = [...claims.map(({ content }) => content?.owner), ...announcements.map(({ owner }) => owner)];
  const stacks = inReadingOrder([...new Set(owners.filter((owner) => owner !== undefined))]);
  const parts = [
    ...(claims.length > 0 ? [countText(claims.length, "claim")] : []),
    ...(announcements.length > 0 ? [countText(announcements.length, "announcement")] : []),
  ];
  return stacks.length > 0 ? `${parts.join(" and ")} of ${listText(stacks)}` : parts.join(" and ");
}
