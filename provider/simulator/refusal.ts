/** A function ran and said no: HTTP 200 with `metadata.result` 0 and this reason. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
