import { packJson, unpackJson } from "../../provider/schema/packed-json";

const key = "-----BEGIN OPENSSH PRIVATE KEY-----\n".padEnd(600, "x");

test("[U] a value comes back as it was, with its order and without what was left out", () => {
  const servers = { b: { key, other: undefined, note: "Zürich" }, a: { key } };
  const found = unpackJson(packJson(servers)) as object;
  expect(Object.keys(found)).toEqual(["b", "a"]);
  expect(found).toEqual({ b: { key, note: "Zürich" }, a: { key } });
});

test("[U] a key that every server has costs little more than a key that one has", () => {
  const one = packJson({ a: { key } }).length;
  const twenty = packJson(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`web${at}`, { key }])));
  expect(twenty.length).toBeLessThan(one + 20 * 20);
});

test("[U] the same value gives the same text: another one would seem to be a change of the provider", () => {
  expect(packJson({ web1: { address: "192.0.2.10" } })).toBe(
    "q1YqT00yVLKqVkpMSSlKLS5WslIytDTSM9Az0jM0UKqtBQA=",
  );
});

test.each([`{"web1":{"address":"192.0.2.10"}}`, `\n  { "web1": { "address": "192.0.2.10" } }\n`])(
  "[U] plain JSON, as people write it into the configuration, is read: %j",
  (text) => {
    expect(unpackJson(text)).toEqual({ web1: { address: "192.0.2.10" } });
  },
);

test.each(["{", "", "web1", "q1YqT03K"])("[U] %j is refused", (text) => {
  expect(() => unpackJson(text)).toThrow();
});
