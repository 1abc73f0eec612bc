/** A function ran and refused: HTTP 200 with `metadata.result` 0 and this reason. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
