import type { SoaAnswer } from "../../servers";
import type { ClusterStatus } from "./cluster-status";

/** Copy of a chosen zone on one server. */
export interface SerialRow {
  readonly server: string;
  readonly isNameserver: boolean;
  /** Undefined if the file can't be read, or has no SOA record. */
  readonly serial: number | undefined;
  /** Whether the file could be read. */
  readonly isRead: boolean;
  /** What the nameserver answers over DNS; undefined if it was not asked. */
  readonly answer: SoaAnswer | undefined;
  /** Serial in that answer. */
  readonly answered: number | undefined;
}

/** Lists the copies of a chosen zone, web servers first. */
export function serialRows({ servers }: ClusterStatus, zone: string): SerialRow[] {
  const rows = [...servers.values()].flatMap(({ name, isNameserver, copies, answers }): SerialRow[] => {
    const copy = copies.get(zone);
    if (copy === undefined) return [];
    const isRead = "serial" in copy;
    const answer = answers.get(zone);
    const answered = answer !== undefined && "serial" in answer ? answer.serial : undefined;
    const serial = isRead ? copy.serial : undefined;
    return [{ server: name, isNameserver, serial, isRead, answer, answered }];
  });
  return [...rows.filter((row) => !row.isNameserver), ...rows.filter((row) => row.isNameserver)];
}

/** A copy with its serial. */
export interface Dated {
  readonly server: string;
  readonly isNameserver: boolean;
  readonly serial: number;
}

/** Returns the copies that have a serial. */
export function datedCopies(rows: readonly SerialRow[]): Dated[] {
  return rows.flatMap(({ serial, ...row }) => (serial === undefined ? [] : [{ ...row, serial }]));
}

/** Returns the copy that counts: the newest on a web server or, if none has the zone, the newest on a nameserver. */
export function leadingCopy(copies: readonly Dated[]): Dated | undefined {
  const own = copies.filter(({ isNameserver }) => !isNameserver);
  return (own.length > 0 ? own : copies).reduce<Dated | undefined>(
    (best, copy) => (best === undefined || copy.serial > best.serial ? copy : best),
    undefined,
  );
}
