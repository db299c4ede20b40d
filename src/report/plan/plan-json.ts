import type { Plan } from '../../workload/plan/index.ts';

/** The version of the JSON form; a change that breaks readers raises it. */
const PLAN_VERSION = 1;

/** A plan for machines; docs/plan.md describes it. Numbers have three decimals; a bound without limit is null. */
export function planJson(plan: Plan): string {
  const rounded = (_: string, value: unknown): unknown => {
    return typeof value === 'number' && Number.isFinite(value) ? Number(value.toFixed(3)) : value;
  };
  return JSON.stringify({ schema: 'proving-ground/plan', version: PLAN_VERSION, ...plan }, rounded, 2);
}
