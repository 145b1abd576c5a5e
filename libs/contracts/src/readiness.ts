/**
 * A part that must work before a service may call itself ready. Any provider that extends this class is found by
 * libs/http (through Nest's discovery) and asked by `/health/ready`; `check` does a real round trip and rejects when
 * the part cannot be used.
 */
export abstract class ReadinessCheck {
  /** Short name shown in the health document, for example "database". */
  abstract readonly name: string;
  abstract check(): Promise<void>;
}
