import fc from "fast-check";
import { renderComparison, renderTopology } from "../../provider/topology";
import { dns, web } from "./builders";
import { kinds, smallCluster } from "./small-clusters";

test("[U] any comparison becomes an image", async () => {
  const cluster = fc
    .record({
      chosen: fc.array(fc.constantFrom(...kinds), { maxLength: 6 }),
      roles: fc.array(fc.constantFrom(null, "sync" as const, "write-only" as const, "standalone" as const), {
        minLength: 30,
        maxLength: 30,
      }),
    })
    .map(({ chosen, roles }) => smallCluster(chosen, roles));
  await fc.assert(
    fc.asyncProperty(cluster, cluster, async (left, right) => {
      const image = await renderComparison(left, right, "svg");
      for (const name of Object.keys({ ...left.servers, ...right.servers })) expect(image).toContain(name);
    }),
    { numRuns: 40 },
  );
});

/** All words of an image as they are read. */
function wordsOf(image: string): string {
  return [...image.matchAll(/<text[^>]*>([^<]*)<\/text>/g)]
    .map(([, text = ""]) => text)
    .join("")
    .replace(/&#160;/g, " ")
    .replace(/&#45;/g, "-")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

test.each([
  "quotes \" and ' and `",
  "<b>&amp;</b>",
  "back\\slash \\N \\G \\l",
  "名前サーバー",
  "constructor",
  "__proto__ ",
  "toString",
  "n".repeat(300),
  "--> [x] |y| {z};",
])("[U] an image shows a server named %s unchanged", async (name) => {
  const topology = {
    servers: Object.fromEntries([
      [name, web(1)],
      ["ns1", dns(2)],
    ]),
    links: [{ from: name, to: "ns1", role: "sync" as const }],
  };
  const words = wordsOf(await renderTopology(topology, "svg"));
  expect(words).toContain(name.slice(0, 44));
  expect(words).toContain(name.slice(-20));
});
