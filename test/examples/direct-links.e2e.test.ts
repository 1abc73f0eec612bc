import { testLife } from "./life";

describe("the example direct-links", () => {
  const linked = { members: { ns1: "sync", ns2: "sync" }, trusts: ["ns1", "ns2"] };
  testLife("direct-links", { web1: linked, web2: linked });
});
