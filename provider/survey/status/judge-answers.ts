import { isSilent, unheardNameservers } from "./answers";
import type { ClusterStatus, StatusServer } from "./cluster-status";
import { finding, firstNames, type StatusFinding } from "./finding";
import { datedCopies, leadingCopy, serialRows } from "./serials";

/**
 * Finds nameservers that answer otherwise than their files say. If all are silent nothing is found: this machine may
 * not reach them.
 */
export function judgeAnswers(status: ClusterStatus): StatusFinding[] {
  if (unheardNameservers(status).length > 0) return [];
  const silent = [...status.servers.values()].filter(({ answers }) => [...answers.values()].some(isSilent));
  return [...silent.map(answersNothing), ...status.chosenZones.flatMap((zone) => judgeZone(status, zone))];
}

function answersNothing({ name, nameserver, answers }: StatusServer): StatusFinding {
  const zones = [...answers].filter(([, answer]) => isSilent(answer)).map(([zone]) => zone);
  return finding({
    server: name,
    kind: "answers-not",
    message: `holds ${firstNames(zones)} and gives no answer over DNS: it does not answer on port 53.`,
    fix: `Look whether its nameserver runs and its firewall lets port 53 through, or restart it: on ${name} run ${restart[nameserver]}.`,
  });
}

/** A copy that is behind, or that the nameserver can't load, is found by its file. */
function judgeZone(status: ClusterStatus, zone: string): StatusFinding[] {
  const rows = serialRows(status, zone);
  const newest = leadingCopy(datedCopies(rows))?.serial;
  return rows.flatMap(({ server, serial, answer }) => {
    if (answer === undefined || serial === undefined || isSilent(answer)) return [];
    const { nameserver } = status.servers.get(server)!;
    const held = `holds the zone ${zone} with serial ${serial} in its file and`;
    const fix = `Reload its nameserver: on ${server} run ${reload[nameserver]} ${zone}. If that fails, look at its log, and run ${restart[nameserver]}.`;
    if ("said" in answer)
      return [finding({ server, kind: "answers-not", message: `${held} ${answer.said}.`, fix })];
    // A nameserver that signs zones may answer a newer serial than that of the file.
    if (serial !== newest || answer.serial >= serial) return [];
    return [finding({ server, kind: "answers-older", message: `${held} answers ${answer.serial}.`, fix })];
  });
}

const reload = {
  bind: "rndc reload",
  powerdns: "pdns_control bind-reload-now",
  disabled: "",
} as const;

const restart = {
  bind: "/usr/local/cpanel/scripts/restartsrv_named",
  powerdns: "/usr/local/cpanel/scripts/restartsrv_powerdns",
  disabled: "",
} as const;
