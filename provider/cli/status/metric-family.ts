import { printable } from "../streams";

/** Labels of a sample, by name. */
export type Labels = Readonly<Record<string, string>>;
/** A sample: its labels, and its value. */
export type Sample = readonly [labels: Labels, value: number];

/** All samples of one metric. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** Makes a metric whose values go up and down. */
export function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name: `whm_dns_${name}`, help, samples };
}

/** Formats a metric. One without samples has no lines. */
export function linesOf({ name, help, samples }: Family): string[] {
  if (samples.length === 0) return [];
  const lines = samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return printable(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
