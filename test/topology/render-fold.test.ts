import type { TopologyInput } from "../../provider/schema/topology";
import { renderTopology, validateTopology } from "../../provider/topology";
import { buildGraph } from "../../provider/topology/model/graph";
import { readTopology } from "../../provider/topology/model/read-topology";
import { prepareDrawing } from "../../provider/topology/render/drawing";
import { foldPicture } from "../../provider/topology/render/fold";
import { pictureOf, type Picture } from "../../provider/topology/render/picture";
import { chained, direct, dns, link, primary, web } from "./builders";

type LinkInput = NonNullable<TopologyInput["links"]>[number];

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

/** So many web servers, each linked to so many nameservers. */
function crowd(webServers: number, nameservers: number, role: LinkInput["role"] = "sync") {
  const [from, to] = [names("web", webServers), names("ns", nameservers)];
  return {
    servers: {
      ...Object.fromEntries(from.map((name, index) => [name, web(index + 1)])),
      ...Object.fromEntries(to.map((name, index) => [name, dns(index + 201)])),
    },
    links: from.flatMap((one) => to.map((other) => link(`${one} -> ${other}`, role))),
  };
}

function picture(topology: TopologyInput): Picture {
  return pictureOf(prepareDrawing(buildGraph(readTopology(topology)), validateTopology(topology)));
}

const boxNames = ({ boxes }: Picture): string[] => boxes.map((box) => box.names.join(" ")).sort();

describe("folding of similar servers", () => {
  test.each([
    ["direct", direct],
    ["primary", primary],
    ["chained", chained],
    ["ten servers", crowd(9, 1)],
    ["twelve arrows", crowd(6, 2)],
    ["six arrows with warnings", crowd(3, 2, "write-only")],
  ])("[U] does not change a small drawing: %s", (_name, topology) => {
    const plain = picture(topology);
    expect(foldPicture(plain)).toBe(plain);
  });

  test.each([
    ["eleven servers", crowd(10, 1)],
    ["more than twelve arrows", crowd(7, 2)],
    ["more than six arrows with warnings", crowd(7, 1, "write-only")],
  ])("[U] puts similar servers into one box in a crowded drawing: %s", (_name, topology) => {
    const plain = picture(topology);
    expect(foldPicture(plain).boxes.length).toBeLessThan(plain.boxes.length);
  });

  test("[U] puts servers of one kind with the same links into one box, sorted by number", () => {
    const folded = foldPicture(picture(crowd(50, 10)));
    expect(boxNames(folded)).toEqual([names("ns", 10).join(" "), names("web", 50).join(" ")]);
    expect(folded.arrows).toEqual([
      expect.objectContaining({ from: "web1", to: "ns1", kind: "sync", findings: [] }),
    ]);
  });

  test("[U] keeps servers separate that differ in a role, a link, a trust or their kind", () => {
    const topology = crowd(20, 3);
    topology.links = topology.links
      .filter(({ from, to }) => !(from === "web2" && to === "ns2"))
      .map((each) => (each.from === "web3" ? { ...each, role: "standalone" as const } : each));
    const trusts = [{ server: "web4", peer: "web5" }];
    const apart = boxNames(foldPicture(picture({ ...topology, trusts }))).filter((box) => !box.includes(" "));
    expect(apart).toEqual(expect.arrayContaining(["web2", "web3", "web4", "web5"]));
    expect(apart).not.toContain("web6");
  });

  test("[U] never folds a server with an error", () => {
    const topology = crowd(30, 6);
    topology.links.push(link("ns2 -> web7"), link("web8 -> web9"), link("web10 -> nowhere"));
    const errors = validateTopology(topology).filter(({ severity }) => severity === "error");
    const concerned = new Set(
      errors.flatMap(({ servers, link: ends }) => [...servers, ...(ends ? [ends.from, ends.to] : [])]),
    );
    const folded = boxNames(foldPicture(picture(topology)));
    expect(concerned.size).toBeGreaterThan(5);
    expect(folded).toEqual(expect.arrayContaining([...concerned]));
    expect(folded.some((box) => box.includes(" "))).toBe(true);
  });

  test("[U] never folds servers that all have the same error", () => {
    const topology = crowd(30, 6);
    const wronged = names("web", 5);
    topology.links.push(...wronged.map((name) => link(`ns2 -> ${name}`)));
    expect(boxNames(foldPicture(picture(topology)))).toEqual(expect.arrayContaining(wronged));
  });

  test("[U] shows two similar servers separately, because a box for them would save nothing", () => {
    expect(boxNames(foldPicture(picture(crowd(30, 2)))).slice(0, 2)).toEqual(["ns1", "ns2"]);
    expect(boxNames(foldPicture(picture(crowd(30, 3)))).slice(0, 1)).toEqual(["ns1 ns2 ns3"]);
  });

  test("[U] never folds servers with the same wrong link, or undeclared names", () => {
    const topology = crowd(30, 3);
    const unknown = names("nobody", 3);
    topology.links.push(
      ...names("web", 4).flatMap((name) => unknown.map((nobody) => link(`${name} -> ${nobody}`))),
    );
    const apart = [...names("web", 4), ...unknown];
    const plain = picture(topology);
    expect(boxNames(foldPicture(plain))).toEqual(expect.arrayContaining(apart));
    // What is not declared stands alone also where its findings are of the topology before.
    expect(boxNames(foldPicture({ ...plain, findings: [] }))).toEqual(expect.arrayContaining(unknown));
  });

  test("[U] folds servers without any link", () => {
    const topology = crowd(20, 1);
    for (const name of names("spare", 3)) Object.assign(topology.servers, { [name]: dns(250) });
    expect(boxNames(foldPicture({ ...picture(topology), findings: [] }))).toContain("spare1 spare2 spare3");
  });

  test("[U] folds servers with the same links in both directions, in any order of names", () => {
    const topology = crowd(20, 1);
    for (const name of ["a1", "a2", "z1"]) {
      Object.assign(topology.servers, { [name]: dns(250) });
      topology.links.push(link(`${name} -> ns1`, "standalone"), link(`ns1 -> ${name}`, "standalone"));
    }
    expect(boxNames(foldPicture({ ...picture(topology), findings: [] }))).toContain("a1 a2 z1");
  });

  test("[U] loses no server and no finding", () => {
    const plain = picture(crowd(30, 8, "write-only"));
    const folded = foldPicture(plain);
    const marks = ({ boxes, arrows }: Picture): number =>
      [...boxes, ...arrows].flatMap(({ findings }) => findings).length;
    expect(folded.boxes).toHaveLength(2);
    expect(folded.boxes.flatMap((box) => box.names).sort()).toEqual(
      plain.boxes.flatMap((box) => box.names).sort(),
    );
    expect(marks(folded)).toBe(marks(plain));
    expect(marks(folded)).toBeGreaterThan(240);
  });

  test("[U] folds seven servers with a warning on every link, because the words would cover them", () => {
    expect(foldPicture(picture(crowd(4, 3, "write-only"))).boxes).toHaveLength(2);
  });
});

describe("a crowded drawing", () => {
  test("[U] shows every link as text", () => {
    expect(renderTopology(crowd(50, 10), "text").match(/sync ──>/g)).toHaveLength(500);
  });

  test("[U] names every server in its box", () => {
    const words = renderTopology(crowd(50, 10), "mermaid").split(/[^a-z0-9]+/);
    expect(words).toEqual(expect.arrayContaining([...names("web", 50), ...names("ns", 10)]));
  });
});
