/** Whole number that a setting must be. */
export interface NumberSetting {
  min: number;
  max: number;
  /** Value where the variable is not set. */
  otherwise: number;
}

/** Trimmed value of a variable; compose files set variables to an empty text where they mean "not set". */
export function optionalSetting(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}

/** @throws Error naming the variable that is missing */
export function requiredSetting(environment: NodeJS.ProcessEnv, name: string): string {
  const value = optionalSetting(environment, name);
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}

/** @throws Error naming the variable and its bounds */
export function numberSetting(
  environment: NodeJS.ProcessEnv,
  name: string,
  { min, max, otherwise }: NumberSetting,
): number {
  const text = optionalSetting(environment, name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${name} is "${text}"; set it to a whole number from ${min} to ${max}.`);
  }
  return value;
}
