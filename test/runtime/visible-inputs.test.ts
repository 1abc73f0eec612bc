import { visibleInputs } from "../../provider/runtime/visible-inputs";

const stored = { server: "web1", role: "sync", token: "OLD", user: "root" };

test("[U] live values are told, the default user is not written out", () => {
  expect(visibleInputs({ ...stored, role: "standalone" }, stored)).toEqual({
    server: "web1",
    role: "standalone",
  });
});

test("[U] another user is told", () => {
  expect(visibleInputs({ ...stored, user: "alice" }, stored)).toMatchObject({ user: "alice" });
});

test("[U] a token never is, only that it has changed", () => {
  const inputs = visibleInputs({ ...stored, token: "NEW" }, stored);
  expect(inputs).toMatchObject({ token: "(changed on the server)" });
  expect(JSON.stringify(inputs)).not.toMatch(/OLD|NEW/);
});
