/** A part of an ssh_config file can't be followed. The message says what and where, `wayOut` what to do. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(
    message: string,
    readonly wayOut: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
