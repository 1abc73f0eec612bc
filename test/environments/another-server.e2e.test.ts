import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { allFiles, writes } from "../helpers/server-files";
import { drawnTests, sampleOf } from "../helpers/sample";

jest.setTimeout(900_000);
const newProject = pulumiProjects();

describe("a server that is not the one it was", () => {
  let simulator: Simulator;
  let fresh: ReturnType<typeof allFiles>;
  beforeEach(async () => {
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        ns2: { type: "dnsonly" },
        spare: { type: "cpanel" },
        "spare-ns": { type: "dnsonly" },
      },
    });
    fresh = allFiles(simulator);
  });
  afterEach(() => simulator.stop());

  const configured = (more: object = {}): string => {
    const { web1, ns1 } = simulator.servers;
    return JSON.stringify({ web1: { ...web1, ...more }, ns1 });
  };
  const made = async (): Promise<PulumiProject> => {
    const secrets = { "whm:servers": configured() };
    const stack = await newProject({ program: clusterProgram(), secrets });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    return stack;
  };

  const names = async (stack: PulumiProject): Promise<string[]> =>
    (await stack.exportStack()).map(({ urn }) => urn).sort();

  /**
   * Refresh, up with refresh and destroy are refused with these words; the state and the servers stay as they are. Only the
   * proof, which stands for nothing on a server, is the first to go in a destruction.
   */
  const expectRefused = async (stack: PulumiProject, words: RegExp): Promise<void> => {
    const state = await names(stack);
    const files = allFiles(simulator);
    simulator.clearJournal();
    const runs = [
      () => stack.refresh("--skip-preview", "--run-program"),
      () => stack.up("--skip-preview", "--refresh", "--run-program"),
      () => stack.destroy("--skip-preview", "--run-program"),
    ];
    for (const run of runs) {
      const { code, stdout, stderr } = await run();
      expect(stdout + stderr).toMatch(words);
      expect(code).not.toBe(0);
    }
    expect(writes(simulator)).toEqual([]);
    expect(allFiles(simulator)).toEqual(files);
    expect(await names(stack)).toEqual(state.filter((urn) => !urn.includes("ClusterProof")));
  };

  const expectDestroyed = async (stack: PulumiProject): Promise<void> => {
    // With the program: the connection of the run that was refused is in the state.
    expect(await stack.destroy("--skip-preview", "--run-program")).toMatchObject({ code: 0 });
    expect(allFiles(simulator)).toEqual(fresh);
  };

  drawnTests(1, (test) => {
    test("[E] is refused instead of treated as empty when SFTP shows another tree, as in a chroot", async () => {
      const stack = await made();
      const files = simulator.files("web1");
      const whole = Object.entries(files.snapshot());
      for (const [path] of whole) files.remove(path);
      await expectRefused(stack, /not-whm/);
      for (const [path, text] of whole) files.write(path, text, 0o600);
      await expectDestroyed(stack);
    });

    test("[E] is refused instead of treated as empty when /var/cpanel is empty", async () => {
      const stack = await made();
      const files = simulator.files("web1");
      const whole = Object.entries(files.snapshot("/var/cpanel"));
      for (const [path] of whole) files.remove(path);
      for (const name of ["cluster", "authn", "clusterqueue", ".pulumi-whm"])
        files.remove(`/var/cpanel/${name}`);
      await expectRefused(stack, /not-whm/);
      for (const [path, text] of whole) files.write(path, text, 0o600);
      await expectDestroyed(stack);
    });

    test("[E] is refused when its host name leads to another server", async () => {
      const stack = await made();
      await stack.setSecret(
        "whm:servers",
        configured({ connection: simulator.servers["spare"]!.connection }),
      );
      await expectRefused(stack, /another-server/);
      await stack.setSecret("whm:servers", configured());
      await expectDestroyed(stack);
    });

    test("[E] is refused at the first contact when another server has its name and address", async () => {
      const { connection } = simulator.servers["spare"]!;
      const secrets = { "whm:servers": configured({ connection }) };
      const stack = await newProject({ program: clusterProgram(), secrets });
      const { code, stdout, stderr } = await stack.up("--skip-preview");
      expect(stdout + stderr).toMatch(
        /declared as web1\.example\.com .* and spare\.example\.com .*\[another-server\]/s,
      );
      expect(code).not.toBe(0);
      expect(writes(simulator)).toEqual([]);
    });

    test("[E] is refused when two servers have the same connection", async () => {
      const { connection, api } = simulator.servers["web1"]!;
      const { ns1, ns2 } = simulator.servers;
      const { hostname: _hostname, ...spare } = simulator.servers["spare"]!;
      const web2 = { ...spare, connection, api };
      const secrets = { "whm:servers": JSON.stringify({ web1: simulator.servers["web1"], web2, ns1, ns2 }) };
      const stack = await newProject({ program: clusterProgram(), secrets });
      const { code, stdout, stderr } = await stack.up("--skip-preview");
      expect(stdout + stderr).toMatch(
        /leads to the machine that web[12] leads to as well \[another-server\]/,
      );
      expect(code).not.toBe(0);
      expect(writes(simulator)).toEqual([]);
    });

    test("[E] is refused after it was renamed, until the user accepts it", async () => {
      const stack = await made();
      const web1 = simulator.files("web1");
      web1.write("/etc/hostname", "copy-of-web1.example.com\n");
      await expectRefused(
        stack,
        /holds copy-of-web1\.example\.com, but the register says web1\.example\.com/,
      );
      await stack.setSecret("whm:servers", configured({ identity: "accept" }));
      const accepted = await stack.up("--skip-preview", "--refresh", "--run-program");
      expect(accepted).toMatchObject({ code: 0 });
      expect(accepted.stdout).toContain("web1 is accepted as it is");
      await stack.setSecret("whm:servers", configured());
      expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
      expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    });

    test("[E] is refused after it was restored from another server's backup", async () => {
      const stack = await made();
      const own = simulator.files("web1").snapshot();
      const backup = simulator.files("spare").snapshot();
      const web1 = simulator.files("web1");
      for (const path of Object.keys(own)) web1.remove(path);
      for (const [path, text] of Object.entries(backup)) web1.write(path, text, 0o600);
      await expectRefused(stack, /another-server/);
      for (const path of Object.keys(backup)) web1.remove(path);
      for (const [path, text] of Object.entries(own)) web1.write(path, text, 0o600);
      await expectDestroyed(stack);
    });
  });

  const changedBy: [title: string, program: string, moved: string, to: string, others: string[]][] = [
    ["the rotation of a token", "{ tokens: { rotate: 2 } }", "ns1", "spare-ns", []],
    ["its links", "{}", "web1", "spare", ["ns2"]],
  ];
  test.each(sampleOf(changedBy, 1))(
    "[E] is refused when its host name leads to another server and the program changes %s",
    async (_title, program, moved, to, others) => {
      const stack = await made();
      const { servers } = simulator;
      const astray = { ...servers[moved], connection: servers[to]!.connection, api: servers[to]!.api };
      const more = Object.fromEntries(others.map((name) => [name, servers[name]]));
      const elsewhere = { ...(JSON.parse(configured()) as object), ...more, [moved]: astray };
      await stack.setSecret("whm:servers", JSON.stringify(elsewhere));
      await stack.write({ "index.js": clusterProgram(program) });
      simulator.clearJournal();
      const { code, stdout, stderr } = await stack.up("--skip-preview");
      expect(stdout + stderr).toMatch(/another-server/);
      expect(code).not.toBe(0);
      expect(writes(simulator)).toEqual([]);

      await stack.setSecret("whm:servers", configured());
      await expectDestroyed(stack);
    },
  );

  test.each(
    sampleOf(
      [
        ["runs another product than declared", "/var/cpanel/dnsonly", "", /differs/],
        ["is older than version 11", "/usr/local/cpanel/version", "10.9.0\n", /unsupported-version/],
        ["has no version file", "/usr/local/cpanel/version", undefined, /not-whm/],
      ],
      1,
    ),
  )("[E] is refused before anything is written anywhere if it %s", async (_name, path, text, words) => {
    if (text === undefined) simulator.files("web1").remove(path);
    else simulator.files("web1").write(path, text);
    const stack = await newProject({ program: clusterProgram(), secrets: { "whm:servers": configured() } });
    const { code, stdout, stderr } = await stack.up("--skip-preview");
    expect(stdout + stderr).toMatch(words);
    expect(code).not.toBe(0);
    expect(writes(simulator)).toEqual([]);
  });
});
