import { commandPluginFolder } from "../helpers/command-plugin";
import { allFiles } from "../helpers/server-files";
import { clusterOn } from "./cluster-on";
import { examples } from "./example";
import { missingFrom, mistakeHeading } from "./readme";
import { testWhere } from "../helpers/where";

const open = examples();
jest.setTimeout(300_000);
const plugin = commandPluginFolder();
const whenThere = testWhere(plugin !== undefined);

describe("the example with-command", () => {
  whenThere(
    "[E] nameservers are linked only after they are prepared (needs pulumi-resource-command)",
    async () => {
      const example = await open("with-command", [plugin!]);
      const simulator = await example.simulate();
      const before = allFiles(simulator);
      const stack = await example.stack("dev", simulator.servers);

      example.makeMistake();
      const refused = await stack.up();
      expect(refused.code).not.toBe(0);
      expect(missingFrom(refused, example.readme, mistakeHeading)).toEqual([]);
      expect(allFiles(simulator)).toEqual(before);

      example.correctMistake();
      expect(await stack.up()).toMatchObject({ code: 0 });
      for (const name of ["ns1", "ns2"])
        expect(simulator.files(name).read("/var/cpanel/usepowerdns")).toBe("");
      const linked = { members: { ns1: "sync", ns2: "sync" }, trusts: ["ns1", "ns2"] };
      expect(clusterOn(simulator)).toEqual({ web1: linked });
      const synchronised = simulator.journal().filter(({ operation }) => operation === "dnscluster");
      expect(synchronised.map(({ server, target }) => `${server} ${target}`)).toEqual(["web1 syncall"]);
      expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });

      expect(await stack.destroy()).toMatchObject({ code: 0 });
      expect(clusterOn(simulator)).toEqual({});
    },
  );
});
