import { engineOf } from "../../../provider/runtime/engine/engine-watch";

describe("the engine of a provider process", () => {
  test.each([
    [["127.0.0.1:41234"], { host: "127.0.0.1", port: 41234 }],
    [["--logtostderr", "-v=9", "127.0.0.1:41234"], { host: "127.0.0.1", port: 41234 }],
    [["localhost:80"], { host: "localhost", port: 80 }],
  ])("[U] is named in the arguments %j", (args, engine) => {
    expect(engineOf(args)).toEqual(engine);
  });

  test.each([[[]], [["127.0.0.1:0"]], [["--tracing", "http://localhost:9411/api"]], [["-v=9"]]])(
    "[U] is unknown after the arguments %j",
    (args) => {
      expect(engineOf(args)).toBeUndefined();
    },
  );
});
