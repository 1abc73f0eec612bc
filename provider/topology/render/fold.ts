import { groupBy, type Group } from "../model/group-by";
import { compareAsRead } from "../report/words";
import { markText } from "./marks";
import type { Arrow, Box, Picture } from "./picture";

/** Maximum number of servers, lines between them and lines with findings up to which a picture shows each of them. */
const mostBoxes = 10;
const mostArrows = 12;
const mostMarkedArrows = 6;

/** Fewer servers than this are not combined. */
const fewest = 3;

/**
 * Combines servers in a crowded picture into one box if they differ only by name: same kind, links, trusts, changes and
 * warnings. A server that an error concerns is always drawn alone.
 */
export function foldPicture(picture: Picture): Picture {
  if (!isCrowded(picture)) return picture;
  const groups = groupsOfAlike(picture);
  const standsFor = new Map(
    groups.flatMap(([first, ...others]) => others.map(({ names }) => [names[0], first.names[0]])),
  );
  const place = (name: string): string => standsFor.get(name) ?? name;
  return {
    ...picture,
    boxes: groups.map(asOne),
    arrows: mergedArrows(
      picture.arrows.map((arrow) => ({ ...arrow, from: place(arrow.from), to: place(arrow.to) })),
    ),
  };
}

function isCrowded({ boxes, arrows }: Picture): boolean {
  const marked = arrows.filter(({ findings }) => findings.length > 0);
  return boxes.length > mostBoxes || arrows.length > mostArrows || marked.length > mostMarkedArrows;
}

function groupsOfAlike({ boxes, arrows, findings }: Picture): Group<Box>[] {
  const inErrors = new Set(
    findings
      .filter(({ severity }) => severity === "error")
      .flatMap(({ servers, link }) => (link ? [...servers, link.from, link.to] : servers)),
  );
  const looks = arrowLooks(arrows);
  const groups = groupBy(boxes, (box) => {
    const [name] = box.names;
    const alone = box.kind === "not declared" || inErrors.has(name);
    return alone ? `alone\0${name}` : look(box, looks.get(name) ?? []);
  });
  return [...groups.values()].flatMap((group) =>
    group.length < fewest ? group.map((box): Group<Box> => [box]) : [inReadingOrder(group)],
  );
}

/** Sorts by name, with numbers in numeric order: web2 before web10. */
function inReadingOrder(group: Group<Box>): Group<Box> {
  return [...group].sort((left, right) => compareAsRead(left.names[0], right.names[0])) as [Box, ...Box[]];
}

/** Returns everything that is drawn of a server except its name. */
function look(box: Box, arrows: readonly string[]): string {
  const { kind, intermediary, unlinked, details, findings, change } = box;
  return JSON.stringify([
    kind,
    intermediary,
    unlinked,
    details,
    markText(findings),
    change,
    [...arrows].sort(),
  ]);
}

function arrowLooks(arrows: readonly Arrow[]): ReadonlyMap<string, readonly string[]> {
  const seen = arrows.flatMap(({ from, to, kind, label, findings, change }) => {
    const text = JSON.stringify([kind, label, markText(findings), change]);
    return [
      { name: from, text: `> ${to} ${text}` },
      { name: to, text: `< ${from} ${text}` },
    ];
  });
  const byName = groupBy(seen, ({ name }) => name);
  return new Map([...byName].map(([name, looks]) => [name, looks.map(({ text }) => text)]));
}

function asOne(group: Group<Box>): Box {
  const [first, ...others] = group;
  return {
    ...first,
    names: [...first.names, ...others.flatMap(({ names }) => names)],
    findings: group.flatMap(({ findings }) => findings),
  };
}

function mergedArrows(arrows: readonly Arrow[]): Arrow[] {
  const merged = groupBy(arrows, ({ from, to, kind, label, change }) =>
    JSON.stringify([from, to, kind, label, change]),
  );
  return [...merged.values()].map((same) => ({
    ...same[0],
    findings: same.flatMap(({ findings }) => findings),
  }));
}
