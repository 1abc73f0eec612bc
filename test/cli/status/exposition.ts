const sample = /^([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*\})? (-?\d+(?:\.\d+)?)$/;

/**
 * Parses Prometheus' text exposition format strictly: each family has help and type before its samples and is in one
 * place, and no sample is there twice.
 */
export function readExposition(text: string): {
  samples: Record<string, number>;
  types: Record<string, string>;
} {
  const samples: Record<string, number> = {};
  const types: Record<string, string> = {};
  const helped: string[] = [];
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  for (const line of text.slice(0, -1).split("\n")) {
    const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === "HELP") {
      if (helped.includes(name)) throw new Error(`${name} is in two places`);
      helped.push(name);
    } else if (kind === "TYPE") types[name] = rest;
    else {
      const [, family = "", labels = "", value] = sample.exec(line) ?? [];
      if (helped.at(-1) !== family || types[family] === undefined) throw new Error(`out of place: ${line}`);
      if (`${family}${labels}` in samples) throw new Error(`twice: ${line}`);
      samples[`${family}${labels}`] = Number(value);
    }
  }
  return { samples, types };
}
