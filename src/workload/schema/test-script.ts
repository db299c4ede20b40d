import { z } from 'zod';
import { config } from './config.ts';
import { anyScenario } from './scenario.ts';
import { httpStep, socketIoStep, wsStep } from './steps.ts';
import { oneOf, section } from './wording.ts';

/** A whole test file, as an editor sees it. */
export const testScript = section('a test', {
  config: config.describe('Everything about the test but what users do').optional(),
  before: anyScenario.describe('Runs once before the test; what it captures is known to all users').optional(),
  scenarios: z.array(anyScenario).describe('What users do: one scenario for each kind of user').optional(),
  after: anyScenario.describe('Runs once after the test').optional(),
});

/** A file that tests include: a journey, or a list of steps. */
export const journeyFile = oneOf('a journey, or a list of steps', [
  anyScenario,
  z.array(oneOf('a step', [httpStep, wsStep, socketIoStep])),
]);

/** The keys of a test file. */
export const TEST_KEYS = Object.keys(testScript.shape);
