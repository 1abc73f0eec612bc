import { leftLines } from "../../../provider/cli/adopt/left-lines";

const left = (server: string, what: string, why = "it is disabled", fix = "Enable it.") => ({
  server,
  what,
  why,
  fix,
});

describe("lines about what is left alone", () => {
  test("[U] one thing has one line", () => {
    expect(leftLines([left("web1", "entry for ns1"), left("web2", "entry for ns2")])).toEqual([
      "web1: entry for ns1: it is disabled. Enable it.",
      "web2: entry for ns2: it is disabled. Enable it.",
    ]);
  });

  test("[U] what several servers have alike has one line with their names", () => {
    const all = ["web10", "web2", "web1"].map((server) => left(server, "entry for ns1"));
    expect(leftLines(all)).toEqual(["web1, web2 and web10: entry for ns1: it is disabled. Enable it."]);
  });

  test("[U] so has what one server has alike for several others", () => {
    const all = ["ns1", "ns2", "ns3"].map((peer) => left("web1", `entry for ${peer}`));
    expect(leftLines([...all, left("web2", "entry for ns1")])).toEqual([
      "web1: entry for ns1, entry for ns2 and entry for ns3: it is disabled. Enable it.",
      "web2: entry for ns1: it is disabled. Enable it.",
    ]);
  });
});
