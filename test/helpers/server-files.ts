import type { JournalEntry, Simulator } from "../../provider/simulator";

/** The flag stays once it is set, whatever is destroyed. */
const clusteringFlag = "/var/cpanel/useclusteringdns";

/** Every file of every server, the clustering flag left out. */
export function allFiles(simulator: Simulator): Record<string, Record<string, string>> {
  const names = Object.keys(simulator.servers);
  return Object.fromEntries(
    names.map((name) => {
      const { [clusteringFlag]: _flag, ...files } = simulator.files(name).snapshot();
      return [name, files];
    }),
  );
}

/** Whatever has been changed on any server, through any door. */
export function writes(simulator: Simulator): string[] {
  return writesIn(simulator.journal());
}

/** The same without signs of life. */
export function writesButSigns(simulator: Simulator): string[] {
  return writesIn(journalButSigns(simulator));
}

/** The journal without signs of life: a run that still lives gives one to its announcements at any time. */
export function journalButSigns(simulator: Simulator): JournalEntry[] {
  const isSign = ({ operation, target }: JournalEntry): boolean =>
    operation === "setstat" && target.startsWith("/var/cpanel/.pulumi-whm/links.");
  return simulator.journal().filter((entry) => !isSign(entry));
}

function writesIn(journal: readonly JournalEntry[]): string[] {
  return journal
    .filter((entry) => entry.write)
    .map(({ server, door, operation, target }) => `${server} ${door} ${operation} ${target}`);
}

/** Path of the member file for an address; the role file has `-dnsrole` behind it. */
export function memberFile(address: string): string {
  return `/var/cpanel/cluster/root/config/${address}`;
}

/** The files of the entry for 192.0.2.11, ns1's address, and what WHM keeps beside them. */
export const ns1Entry = {
  file: memberFile("192.0.2.11"),
  role: `${memberFile("192.0.2.11")}-dnsrole`,
  down: "/var/cpanel/clusterqueue/status/192.0.2.11-down",
  flag: clusteringFlag,
};
