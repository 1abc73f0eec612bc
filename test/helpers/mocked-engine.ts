import * as pulumi from "@pulumi/pulumi";

export interface MockedResource {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  provider: string | undefined;
}

/** Takes the engine's place: nothing is run, every registered resource is written down. */
export function mockEngine(config: Record<string, string> = {}): MockedResource[] {
  const registered: MockedResource[] = [];
  // Warnings of the rules are Pulumi warnings; without an engine they would go to the console.
  jest.spyOn(console, "warn").mockImplementation(() => undefined);
  pulumi.runtime.setAllConfig(config);
  void pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider }) => {
        registered.push({ type, name, inputs: inputs as Record<string, unknown>, provider });
        return { id: `${name}-id`, state: inputs as Record<string, unknown> };
      },
      call: () => ({}),
    },
    "project",
    "stack",
  );
  return registered;
}

/** Waits until everything that was declared has been registered. */
export async function registrations(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The value of an output. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => output.apply((value) => resolve(value)));
}
