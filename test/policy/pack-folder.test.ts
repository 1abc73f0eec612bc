import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settingsSchema } from "../../provider/policy/link-rules";

const root = join(__dirname, "../..");
const description = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  files: string[];
  exports: Record<string, unknown>;
};

describe("the pack's folder", () => {
  test("[U] is in the package, with the policies for an organisation's own pack", () => {
    expect(description.files).toContain("policy-pack");
    expect(description.exports["./policy"]).toEqual({
      types: "./dist/policy/index.d.ts",
      default: "./dist/policy/index.js",
    });
  });

  test("[U] has settings that the engine can check: shape, allowed words, defaults", () => {
    expect(settingsSchema.properties["programOverrides"]).toEqual({
      type: "string",
      enum: ["refused", "accepted"],
      default: "refused",
    });
    expect(settingsSchema.properties["rules"]).toMatchObject({
      type: "object",
      default: {},
      additionalProperties: { required: ["severity", "reason"], additionalProperties: false },
    });
  });
});
