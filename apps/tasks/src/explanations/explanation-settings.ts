import { numberSetting } from '#libs/http';

/** Working days to answer a request for explanation that names no day. Not in our sources, so configurable. */
export class ExplanationSettings {
  constructor(readonly workingDays: number) {}
}

const DEFAULT_WORKING_DAYS = 3;

/** @throws Error naming the variable and its bounds */
export function readExplanationSettings(environment: NodeJS.ProcessEnv): ExplanationSettings {
  const bounds = { min: 1, max: 60, otherwise: DEFAULT_WORKING_DAYS };
  return new ExplanationSettings(numberSetting(environment, 'EXPLANATION_WORKING_DAYS', bounds));
}
