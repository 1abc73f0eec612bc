import type { Simulator } from "../../provider/simulator";
import { allFiles } from "./server-files";
import { storedTokens, tokenFile, tokenOpenedBy } from "./stored-tokens";

/** Every file of every server with its rights; what differs between two runs of the same program, secrets and times, is named instead. */
export type Picture = Record<string, Record<string, string>>;

/** Says which server it is since when, in words that nobody can foretell. */
const serverRecord = "/var/cpanel/.pulumi-whm/server.json";

/** Two servers look the same exactly when the same program has been applied to them. */
export function pictureOf(simulator: Simulator): Picture {
  const everyServer = Object.entries(allFiles(simulator)).map(([server, files]) => {
    const picture: Record<string, string> = {};
    for (const [path, text] of Object.entries(files)) {
      const name = withoutGeneration(path);
      const shown = [rightsOf(simulator, server, path), contentOf(simulator, server, path, text)];
      // Two claims of one resource are one too many.
      picture[name] = [...(name in picture ? [picture[name]] : []), ...shown].join("\n");
    }
    return [server, picture] as const;
  });
  return Object.fromEntries(everyServer);
}

function contentOf(simulator: Simulator, server: string, path: string, text: string): string {
  if (path === tokenFile) return tokensIn(simulator, server);
  if (path === serverRecord) return text.replaceAll(/"(id|made)": ".*"/g, '"$1": "..."');
  return text.replace(/^pass=(.*)$/m, (_, secret: string) => `pass=<${nameOf(simulator, secret)}>`);
}

/** A run that follows a broken one claims anew what that one has claimed. */
function withoutGeneration(path: string): string {
  return path.replace(/^(\/var\/cpanel\/\.pulumi-whm\/.*)-\d+\.json$/, "$1.json");
}

function rightsOf(simulator: Simulator, server: string, path: string): string {
  const files = simulator.files(server);
  const { uid, gid } = files.owner(path)!;
  return `${files.mode(path)!.toString(8)} ${uid}:${gid}`;
}

/** What differs between two pictures, one sentence a file. */
export function differences(wanted: Picture, found: Picture): string[] {
  return Object.keys(wanted).flatMap((server) => {
    const [before, after] = [wanted[server]!, found[server]!];
    const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return paths
      .filter((path) => before[path] !== after[path])
      .map((path) => `${server}:${path} is ${show(after[path])}, not ${show(before[path])}`);
  });
}

const trustedAddresses = "/etc/ips.remotedns";

/** The same with the trusted addresses in order: resources that are made side by side add them as it comes. */
export function inAnyOrder(picture: Picture): Picture {
  const servers = Object.entries(picture).map(([server, files]) => {
    const { [trustedAddresses]: list, ...rest } = files;
    if (list === undefined) return [server, rest] as const;
    return [server, { ...rest, [trustedAddresses]: list.split("\n").sort().join("\n") }] as const;
  });
  return Object.fromEntries(servers);
}

/** The token that a secret opens on any of the servers. */
export function nameOf(simulator: Simulator, secret: string): string {
  for (const server of Object.keys(simulator.servers)) {
    const found = tokenOpenedBy(simulator, server, secret);
    if (found) return `${server} ${found.name}`;
  }
  return "no token";
}

function tokensIn(simulator: Simulator, server: string): string {
  const tokens = storedTokens(simulator, server).map(({ create_time: _time, ...rest }) =>
    JSON.stringify(rest),
  );
  return tokens.sort().join("\n");
}

function show(text: string | undefined): string {
  return text === undefined ? "missing" : JSON.stringify(text);
}
