import { claim, claimCode } from "../claim.mjs";
import { linesOf, roleFile, trustedAddressFile } from "../files.mjs";
import { show, showChanges } from "../show.mjs";
import { snapshots, tellServers } from "../stage.mjs";

/** Growth touches nothing that is there. */
export const addNameserver = {
  title: "A third nameserver joins",
  async run(stage) {
    const { simulator, stack } = stage;
    const resourcesBefore = await stack.resources();
    await simulator.addServer("ns3", { type: "dnsonly" });
    const filesBefore = snapshots(simulator);
    stage.before.ns3 = filesBefore.ns3;
    await tellServers(stage);

    const result = await stack.operate("up", "--yes");
    claimCode(result, 0, "ns3 is linked");
    showChanges(result);
    const { address } = simulator.servers.ns3;
    const files = simulator.files("web1");
    claim("web1 sends its zones to ns3", files.read(roleFile(address)) === "sync");
    claim("web1 trusts the address of ns3", linesOf(files, trustedAddressFile).includes(address));
    claimOnlyNew(resourcesBefore, await stack.resources(), ["ns3", address]);
    claimUntouched(filesBefore, snapshots(simulator));
    show(await stack.output("drawing"));
  },
};

function claimOnlyNew(before, after, names) {
  const created = after.filter((urn) => !before.includes(urn));
  const gone = before.filter((urn) => !after.includes(urn));
  const onlyNew = gone.length === 0 && created.every((urn) => names.some((name) => urn.includes(name)));
  claim("only resources of ns3 were created", onlyNew, [...created, ...gone].join("\n"));
}

/** What a cluster announces of itself tells all of its links. */
function isAnnouncement(path) {
  return path.startsWith("/var/cpanel/.pulumi-whm/links.");
}

function claimUntouched(before, after) {
  const changed = Object.keys(before)
    .filter((server) => server !== "ns3")
    .flatMap((server) =>
      Object.keys(before[server])
        .filter((path) => path !== trustedAddressFile && !isAnnouncement(path))
        .filter((path) => before[server][path] !== after[server][path])
        .map((path) => `${server}: ${path}`),
    );
  claim("no file of the other links was touched", changed.length === 0, changed.join("\n"));
}
