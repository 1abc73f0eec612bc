import type { Simulator } from "../../provider/simulator";
import { everyFile, renew } from "../helpers/managed-servers";

/** Every file of every server, with its permission bits. */
export interface KeptFiles {
  texts: ReturnType<typeof everyFile>;
  modes: Record<string, Record<string, number | undefined>>;
}

export function keepFiles(simulator: Simulator): KeptFiles {
  const texts = everyFile(simulator);
  const modes = Object.entries(texts).map(([server, files]) => {
    const modeOf = (path: string): number | undefined => simulator.files(server).mode(path);
    return [server, Object.fromEntries(Object.keys(files).map((path) => [path, modeOf(path)]))] as const;
  });
  return { texts, modes: Object.fromEntries(modes) };
}

export function putBack(simulator: Simulator, { texts, modes }: KeptFiles): void {
  renew(simulator, texts);
  for (const [server, files] of Object.entries(texts))
    for (const [path, text] of Object.entries(files))
      simulator.files(server).write(path, text, modes[server]![path]);
}
