import { sampleInWords, sampleOf } from "./sample";

/** Some of the steps 1 to `last`, in order, or all of them; what was chosen is printed with its seed. */
export function sampledSteps(title: string, last: number, many: number): number[] {
  const chosen = sampleOf(
    Array.from({ length: last }, (_, at) => at + 1),
    many,
  );
  process.stdout.write(`${title}: steps ${chosen.join(", ")} of ${last}; ${sampleInWords}\n`);
  return chosen;
}
