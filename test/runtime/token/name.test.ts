import fc from "fast-check";
import { isAutomaticName, isNamedAfter, tokenNameOf } from "../../../provider/runtime/token/name";

const source = { logicalName: "shop/prod/ns1-for-web1", server: "ns1" };
const state = { acls: [], whitelistIps: [], users: [], token: "T", createTime: 1 };

test("[U] a declared name is used unchanged", () => {
  expect(tokenNameOf({ ...source, tokenName: "mine" }, 3)).toBe("mine");
});

test("[U] a generated name begins with the resource's name and never changes", () => {
  expect(tokenNameOf(source)).toBe("ns1-for-web1-35e250d9b11e908e");
});

test("[U] project, stack, resource, server, address, rotation, renewal and attempt each change the name", () => {
  const names = [
    tokenNameOf(source),
    tokenNameOf({ ...source, logicalName: "shop/test/ns1-for-web1" }),
    tokenNameOf({ ...source, logicalName: "blog/prod/ns1-for-web1" }),
    tokenNameOf({ ...source, server: "ns2" }),
    tokenNameOf({ ...source, rotate: "1" }),
    tokenNameOf({ ...source, renews: 1 }),
    tokenNameOf({ ...source, renews: 2 }),
    tokenNameOf({ ...source, serverAddress: "192.0.2.11" }),
    tokenNameOf({ ...source, serverAddress: "192.0.2.12" }),
    tokenNameOf(source, 1),
  ];
  expect(new Set(names).size).toBe(names.length);
});

test("[U] WHM accepts the name for any resource, and it is recognised as generated", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.option(fc.string(), { nil: undefined }),
      (logicalName, rotate) => {
        const made = { logicalName, server: "ns1", ...(rotate !== undefined && { rotate }) };
        const tokenName = tokenNameOf(made);
        expect(tokenName).toMatch(/^[A-Za-z0-9_-]{1,50}$/);
        expect(isAutomaticName({ ...state, ...made, tokenName })).toBe(true);
      },
    ),
  );
});

test("[U] names of one resource are told from those of a resource of the same name in another stack", () => {
  const other = { ...source, logicalName: "shop/test/ns1-for-web1" };
  for (const rotate of ["1", "2"]) {
    expect(isNamedAfter(source, tokenNameOf({ ...source, rotate }))).toBe(true);
    expect(isNamedAfter(source, tokenNameOf({ ...other, rotate }))).toBe(false);
    expect(isNamedAfter(source, tokenNameOf({ ...source, server: "ns2", rotate }))).toBe(false);
  }
});

test.each([
  "mine",
  "ns1-for-web1",
  "ns1-for-web1-35e250d9b11e908e".slice(0, -1),
  "ns1-for-web1-35e250d9b11e908e7",
  "x-ns1-for-web1-35e250d9b11e908e",
])("[U] %s is not recognised as generated", (tokenName) => {
  expect(isAutomaticName({ ...state, ...source, tokenName })).toBe(false);
});
