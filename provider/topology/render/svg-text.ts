import { paper } from "./colours";

/**
 * Centres text in the middle of its box, or of the paper behind a label. Graphviz places each line by the width that it
 * has measured, so that in any narrower font the line would begin where it should and end too early.
 */
export function withCentredText(image: string): string {
  return image.replace(/<g id="(?:node|edge)\d+"[^]*?<\/g>/g, (group) => {
    const middle = middleOf(group);
    return middle === undefined ? group : group.replaceAll(anchor, `text-anchor="middle" x="${middle}"`);
  });
}

const anchor = /text-anchor="start" x="[^"]*"/g;

/** Returns the middle of a box, or of the paper behind a label; nothing for words without any. */
function middleOf(group: string): number | undefined {
  const shape = group.includes('class="node"') ? boxShape : labelShape;
  const points = shape.exec(group)?.[1];
  if (points === undefined) return undefined;
  const across = [...points.matchAll(/(-?[\d.]+),-?[\d.]+/g)].map(([, x]) => Number(x));
  return (Math.min(...across) + Math.max(...across)) / 2;
}

const boxShape = /<(?:polygon|path)[^>]* (?:points|d)="([^"]*)"/;
const labelShape = new RegExp(`<polygon fill="${paper}" stroke="none" points="([^"]*)"`);
