import { claim, claimCode } from "../claim.mjs";
import { linesOf, roleFile, trustedAddressFile } from "../files.mjs";
import { show, showChanges } from "../show.mjs";

/** The first apply. */
export const applyCluster = {
  title: "Web1 is linked directly to both nameservers",
  async run({ simulator, stack }) {
    const result = await stack.operate("up", "--yes");
    claimCode(result, 0, "the cluster is made");
    showChanges(result);
    const files = simulator.files("web1");
    for (const name of ["ns1", "ns2"]) {
      const { address } = simulator.servers[name];
      claim(`web1 sends its zones to ${name}`, files.read(roleFile(address)) === "sync");
      claim(`web1 trusts the address of ${name}`, linesOf(files, trustedAddressFile).includes(address));
    }
    show(await stack.output("drawing"));
  },
};
