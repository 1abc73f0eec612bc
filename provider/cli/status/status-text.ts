import { serialRows, type JudgedStatus, type SerialRow } from "../../survey";
import { countText, productOf, wrapLines } from "../../topology";
import { printable, type Streams } from "../streams";
import { drawTable } from "../table";
import { findingLines } from "./finding-lines";
import { reachLines } from "./reach-lines";
import type { ServerRow } from "./server-rows";

/** Formats a status for people: the verdict, a row for each server, the chosen zones, then what was found. */
export function statusText(
  judged: JudgedStatus,
  rows: readonly ServerRow[],
  { colours, columns }: Pick<Streams, "colours" | "columns">,
): string {
  const { findings, notes, unreadable } = judged;
  const blocks = [
    [verdict(judged, rows, colours)],
    serverTable(rows),
    reachLines(judged.status.reach, columns),
    judged.status.chosenZones.map((zone) => zoneLine(judged, zone)),
    findingLines(findings, { colours, columns }),
    unreadable.map(({ message }) => line(`could not be read: ${message}`, columns)),
    notes.map(({ server, message }) =>
      line(`not judged: ${server === undefined ? "" : `${server} `}${message}.`, columns),
    ),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
}

function verdict(
  { findings, unreadable }: JudgedStatus,
  rows: readonly ServerRow[],
  colours: Streams["colours"],
): string {
  const count = (severity: string): number => findings.filter((each) => each.severity === severity).length;
  const down = rows.filter(({ health }) => health === undefined).length;
  const words = [
    [count("error"), countText(count("error"), "error")],
    [count("warning"), countText(count("warning"), "warning")],
    [down, `${down} could not be read`],
    [unreadable.length - down, `${countText(unreadable.length - down, "zone file")} could not be read`],
  ] as const;
  const wrong = words.flatMap(([number, text]) => (number > 0 ? [text] : []));
  const isBad = count("error") > 0 || unreadable.length > 0;
  const said =
    wrong.length === 0 ? colours.green("well") : (isBad ? colours.red : colours.yellow)(wrong.join(", "));
  return `${countText(rows.length, "server")}: ${said}`;
}

const head = ["server", "product", "version", "nameserver", "members", "queue", "next expiry", "zones"];

function serverTable(rows: readonly ServerRow[]): string[] {
  const cells = rows.map(serverCells).map((row) => row.map(printable));
  return drawTable(
    head,
    cells,
    head.map(() => null),
  ).split("\n");
}

function serverCells({ name, health }: ServerRow): string[] {
  if (health === undefined) return [name, "?", "?", "?", "?", "?", "?", "?"];
  const { server, membersInUse, membersDisabled, nextToExpire } = health;
  const disabled = membersDisabled > 0 ? `, ${membersDisabled} disabled` : "";
  const off = server.isClusteringOn || server.members.length === 0 ? "" : ", off";
  return [
    name,
    productOf({ type: server.product }),
    server.version,
    server.nameserver,
    `${membersInUse}${disabled}${off}`,
    String(server.queue),
    expiryText(nextToExpire?.daysLeft),
    String(server.zones.length),
  ];
}

function expiryText(daysLeft: number | undefined): string {
  if (daysLeft === undefined) return "never";
  return daysLeft < 0 ? "expired" : countText(daysLeft, "day");
}

/** Formats a chosen zone: each serial with the servers that have it. */
function zoneLine({ status, zones }: JudgedStatus, zone: string): string {
  const bySerial = new Map<string, string[]>();
  for (const row of serialRows(status, zone)) {
    const { server } = row;
    const text = copyText(row);
    bySerial.set(text, [...(bySerial.get(text) ?? []), server]);
  }
  const missingOn = zones.find((row) => row.zone === zone)?.missingOn ?? [];
  if (missingOn.length > 0) bySerial.set("missing", [...missingOn]);
  const parts = [...bySerial].map(([text, servers]) => `${text} on ${servers.join(", ")}`);
  return printable(`${zone}: ${parts.join("; ") || "on no server that was read"}`);
}

/** Formats what a file holds and, where it differs, what is answered. */
function copyText({ serial, isRead, answer, answered }: SerialRow): string {
  const inFile = serial === undefined ? (isRead ? "no SOA record" : "not readable") : `serial ${serial}`;
  if (answer === undefined || answered === serial) return inFile;
  return `${inFile}, ${answered === undefined ? "no answer" : `answered ${answered}`}`;
}

function line(text: string, columns: number | undefined): string {
  const safe = printable(`  ${text}`).replaceAll("\n", "?");
  return wrapLines([safe], columns).join("\n");
}
