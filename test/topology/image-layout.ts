import { widthOf, type Family } from "./font-widths";

/** A range of coordinates. */
interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A text of an image, as wide as it is in a font. */
export interface PlacedText extends Area {
  readonly text: string;
}

/** Lists the texts of an image with their places in a font. */
export function textsOf(image: string, family: Family): PlacedText[] {
  return [...image.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = "", escaped = ""]) => {
    const text = unescaped(escaped);
    const size = Number(attribute(attributes, "font-size"));
    const width = widthOf(text, family, size, attributes.includes('font-weight="bold"'));
    const [x, y] = [Number(attribute(attributes, "x")), Number(attribute(attributes, "y"))];
    const left = attribute(attributes, "text-anchor") === "middle" ? x - width / 2 : x;
    return { text, left, right: left + width, top: y - size * 0.7, bottom: y };
  });
}

/** Lists what is not where it belongs: text that leaves its box or the image, and text that covers other text. */
export function misplacedTexts(image: string, family: Family): string[] {
  const texts = textsOf(image, family);
  const areas = areasOf(image);
  return texts.flatMap((placed) => {
    const around = areas
      .filter((area) => holds(area, middleOf(placed)))
      .sort((one, other) => sizeOf(one) - sizeOf(other));
    const [smallest] = around;
    const leaves = !smallest || placed.left < smallest.left || placed.right > smallest.right;
    const covers = texts.filter((other) => other !== placed && overlap(placed, other));
    return [
      ...(leaves ? [`${placed.text} leaves its box`] : []),
      ...covers.map(({ text }) => `${placed.text} covers ${text}`),
    ];
  });
}

/** Lists the filled areas of an image, the paper behind everything among them. */
export function areasOf(image: string): Area[] {
  return [...image.matchAll(/<(?:polygon|path) fill="#[^>]* (?:points|d)="([^"]*)"/g)].map(
    ([, points = ""]) => {
      const pairs = [...points.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)];
      const [across, down] = [pairs.map(([, x]) => Number(x)), pairs.map(([, , y]) => Number(y))];
      return {
        left: Math.min(...across),
        right: Math.max(...across),
        top: Math.min(...down),
        bottom: Math.max(...down),
      };
    },
  );
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
}

function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

function middleOf({ left, right, top, bottom }: Area): Area {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return { left: x, right: x, top: y, bottom: y };
}

const sizeOf = ({ left, right, top, bottom }: Area): number => (right - left) * (bottom - top);

const holds = (outer: Area, inner: Area): boolean =>
  outer.left <= inner.left &&
  outer.right >= inner.right &&
  outer.top <= inner.top &&
  outer.bottom >= inner.bottom;

const overlap = (one: Area, other: Area): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
