import type { EngineCase } from '../engine-case.ts';
import { ANSWER_CASES } from './answer-cases.ts';
import { CONNECTION_CASES } from './connection-cases.ts';
import { FAILURE_CASES } from './failure-cases.ts';
import { FLOW_CASES } from './flow-cases.ts';
import { HOOK_CASES } from './hook-cases.ts';
import { REQUEST_CASES } from './request-cases.ts';

/** The hand-written cases by subject. */
export const CASES: Readonly<Record<string, readonly EngineCase[]>> = {
  requests: REQUEST_CASES,
  answers: ANSWER_CASES,
  flow: FLOW_CASES,
  hooks: HOOK_CASES,
  connections: CONNECTION_CASES,
  failures: FAILURE_CASES,
};
