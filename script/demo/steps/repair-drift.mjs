import { claim, claimCode } from "../claim.mjs";
import { linesOf, roleFile, trustedAddressFile } from "../files.mjs";
import { show, showChanges } from "../show.mjs";

/** What was changed by hand is named before it is repaired. */
export const repairDrift = {
  title: "Somebody turns web1's link to ns1 off and deletes the trusted address of ns2",
  async run({ simulator, stack }) {
    const files = simulator.files("web1");
    const role = roleFile(simulator.servers.ns1.address);
    const trusted = simulator.servers.ns2.address;
    files.write(role, "standalone");
    files.write(
      trustedAddressFile,
      linesOf(files, trustedAddressFile)
        .filter((line) => line !== trusted)
        .join("\n"),
    );

    const drift = await stack.operate("preview", "--refresh", "--diff", "--expect-no-changes");
    claimCode(drift, 7, "there are changes, and none were expected");
    const properties = drift.stdout.split("\n").filter((line) => /^[\s~+-]*(role|address) *:/.test(line));
    show([...new Set(properties.map((line) => line.trim()))].join("\n"));
    claim("the role is named", /~ *role *: "standalone" => "sync"/.test(drift.stdout), drift.stdout);
    const namesAddress = properties.some((line) => line.includes(`"${trusted}"`));
    claim("the trusted address is named", namesAddress, drift.stdout);

    const repair = await stack.operate("up", "--refresh", "--yes");
    claimCode(repair, 0, "both are repaired");
    showChanges(repair);
    claim("web1 sends its zones to ns1 again", files.read(role) === "sync");
    claim("web1 trusts the address of ns2 again", linesOf(files, trustedAddressFile).includes(trusted));
  },
};
