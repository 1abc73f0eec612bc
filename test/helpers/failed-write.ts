import type { ServiceError } from "@grpc/grpc-js";
import { savedResource, type CreatedResource } from "./provider-process";

/** Waits for a create or update that fails half-way, and gives what the engine saves of it. */
export async function halfMade(work: Promise<unknown>): Promise<CreatedResource & { message: string }> {
  const error = await failure(work);
  const saved = savedResource(error);
  if (!saved) throw new Error(`Nothing was saved: ${error.message}`);
  return { ...saved, message: error.message };
}

/** Waits for work that must fail before anything was written: nothing of it may be saved. */
export async function cleanFailure(work: Promise<unknown>): Promise<string> {
  const error = await failure(work);
  if (savedResource(error)) throw new Error(`A resource was saved: ${error.message}`);
  return error.message;
}

async function failure(work: Promise<unknown>): Promise<ServiceError> {
  const result = await work.then(
    () => undefined,
    (error: ServiceError) => error,
  );
  if (result) return result;
  throw new Error("It succeeded.");
}
