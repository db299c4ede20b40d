import { randomUUID } from 'node:crypto';
import type { StepSpec } from '../artillery.ts';

/** A request that hooks may still change, by the names that Artillery's engine has for its parts. */
export type Draft = Record<string, unknown>;

/** Parts that hooks like to change in place; the next user must find them as the YAML says them. */
const NESTED = ['headers', 'json', 'form', 'formData', 'qs', 'cookie'];

/** @param url absolute or with templates, as far as it is known. @param timeout seconds. */
export function createDraft(params: StepSpec, method: string, url: string, timeout: number): Draft {
  const draft: Draft = { ...params, url, method, timeout, uuid: randomUUID() };
  for (const key of NESTED) if (draft[key] !== undefined) draft[key] = copyData(draft[key]);
  return draft;
}

function copyData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyData);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = copyData((value as Record<string, unknown>)[key]);
  return copy;
}
