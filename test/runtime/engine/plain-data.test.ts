import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { plainData } from "../../../provider/runtime/engine/plain-data";

test("[U] values that the engine cannot store are removed", () => {
  const state = { text: "a", nothing: undefined, list: [1, { deep: undefined }], work: () => 1, flag: false };
  const plain = plainData(state);
  expect(plain).toEqual({ text: "a", list: [1, {}], flag: false });
  expect(Struct.fromJavaScript(plain as never).toJavaScript()).toEqual(plain);
});

test("[U] invalid Unicode is replaced, but JSON escapes inside a text are kept", () => {
  const before = JSON.stringify({ text: "a\udcff" });
  expect(plainData({ token: "a\udcffb", list: ["\ud800"], before })).toEqual({
    token: "a\ufffdb",
    list: ["\ufffd"],
    before,
  });
});

test("[U] the copy is separate from the original, because the SDK writes into it", () => {
  const state = Object.freeze({ list: Object.freeze(["a"]) });
  const plain = plainData(state);
  plain["__provider"] = "text";
  expect(state).toEqual({ list: ["a"] });
});
