import { paper } from "./colours";

/**
 * Centres text in the middle of its box, or of the paper behind a label. Graphviz places each line by the width that it
 * has measured, so that in any narrower font the line would begin where it should and end too early.
 */
export function withCentredText(image: string): string {
  return image
    .replace(/<g id="(?:node|edge)\d+"[^]*?<\/g>/g, (group) => {
      const shape = group.includes('class="node"') ? boxShape : labelShape;
      return centred(group, shape.exec(group)?.[1]);
    })
    .replace(sampleInLegend, centred);
}

/** Centres text between the points of a shape; words without any stay where they are. */
function centred(drawn: string, points?: string): string {
  if (points === undefined) return drawn;
  const across = [...points.matchAll(/(-?[\d.]+),-?[\d.]+/g)].map(([, x]) => Number(x));
  const middle = (Math.min(...across) + Math.max(...across)) / 2;
  return drawn.replaceAll(anchor, `text-anchor="middle" x="${middle}"`);
}

const anchor = /text-anchor="start" x="[^"]*"/g;

const boxShape = /<(?:polygon|path)[^>]* (?:points|d)="([^"]*)"/;
const labelShape = new RegExp(`<polygon fill="${paper}" stroke="none" points="([^"]*)"`);
const sampleInLegend = /<(?:polygon|path) fill="none"[^>]* (?:points|d)="([^"]*)"\/>\n<text [^>]*>/g;
