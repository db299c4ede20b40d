import { expect } from 'vitest';
import type { Answer } from './client.ts';

/** Expects a problem as `docs/platform.md` describes it: right media type, type, status and all members. */
export function expectProblem({ status, headers, body }: Answer, expectedStatus: number, name: string): void {
  expect({ status, type: body.type }).toEqual({ status: expectedStatus, type: `/problems/${name}` });
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({
    status: expectedStatus,
    title: expect.stringMatching(/./),
    detail: expect.stringMatching(/./),
    instance: expect.stringMatching(/^\//),
  });
}
