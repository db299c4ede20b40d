import { existsSync } from 'node:fs';
import { isEntry } from '../../plan/entry.ts';
import { type Cursor, isPresent, oneOrMoreAt, textAt } from '../cursor.ts';
import { atKey, atValue, type Finding } from '../finding.ts';
import { allSteps, type Journey } from '../journey.ts';
import { numberAt } from '../numbers.ts';
import { quoteValue } from '../quote.ts';
import { requestOf } from '../request-of.ts';
import { similarFile } from '../similar-file.ts';
import { besideOf } from '../source-store.ts';
import { subjectOf } from '../subject.ts';
import type { TestModel } from '../test-model.ts';

/** Whether every request can be sent, and every part of its answer be found. */
export function checkRequests({ journeys, source }: TestModel): Finding[] {
  return journeys.flatMap((journey) =>
    allSteps(journey.steps).flatMap((step) => {
      const request = requestOf(step);
      if (request === undefined) return [...idleWait(step.cursor), ...answersOf(step.cursor).flatMap(partFaults)];
      return [
        ...urlFault(request),
        ...bodyFault(request, step.kind, journey),
        ...uploadFaults(request, source),
        ...probabilityFault(request),
        ...expectationFaults(request),
        ...partFaults(request),
      ];
    }),
  );
}

/** Where a step that is no request captures or compares. */
function answersOf(step: Cursor): Cursor[] {
  return ['send', 'wait', 'response', 'acknowledge'].map((key) => step.at(key));
}

/** Without anything to look for, the ws engine sends the step as a message. */
function idleWait(step: Cursor): Finding[] {
  const wait = step.at('wait');
  if (!isEntry(wait.value) || isPresent(wait.at('capture')) || isPresent(wait.at('match'))) return [];
  return [atKey('missing-key', wait, { message: 'wait does not say what to wait for', allowed: ['capture', 'match'] })];
}

function urlFault(request: Cursor): Finding[] {
  const cursor = request.at('url');
  const url = textAt(cursor);
  if (url === undefined || /^(?:\/|http|\{\{)/.test(url)) return [];
  const message = `${subjectOf(request)}url is ${quoteValue(url)}; it must begin with / or http`;
  // A word with a dot before the first slash may be a host as well as a folder.
  const suggestion = /^[\w-]+(?:\/|\?|$)/.test(url) ? `/${url}` : undefined;
  return [atValue('url-address', cursor, { message, ...(suggestion && { suggestion }) })];
}

function bodyFault(request: Cursor, method: string, { engine }: Journey): Finding[] {
  if (method !== 'get' || engine === 'undici' || request.at('allowGetBody').value === true) return [];
  const body = ['json', 'body', 'form', 'formData'].map((key) => request.at(key)).find(isPresent);
  if (body === undefined) return [];
  const message = `${subjectOf(request)}a GET request has no body, so ${String(body.path.at(-1))} cannot be sent`;
  return [atKey('get-with-body', body, { message })];
}

function uploadFaults(request: Cursor, source: TestModel['source']): Finding[] {
  const fields = request.at('formData');
  return fields.keys().flatMap((key) => {
    const cursor = fields.at(key, 'fromFile');
    const path = textAt(cursor);
    // The path is relative to the test, also in a file that the test includes.
    if (path === undefined || path.includes('{{') || existsSync(besideOf(source, path))) return [];
    const suggestion = similarFile(besideOf(source, path), path);
    return [
      atValue('upload-missing', cursor, { message: `${path} does not exist`, ...(suggestion && { suggestion }) }),
    ];
  });
}

function probabilityFault(request: Cursor): Finding[] {
  const cursor = request.at('probability');
  const percent = numberAt(cursor);
  if (percent === undefined || percent <= 0 || percent >= 1) return [];
  const message = `${subjectOf(request)}probability is ${percent} per cent`;
  return [atValue('small-probability', cursor, { message, found: `${percent} %`, suggestion: String(percent * 100) })];
}

/** The expect plugin reads the first key of each item of a list; a jmespath may carry a description. */
function expectationFaults(request: Cursor): Finding[] {
  return request
    .at('expect')
    .items()
    .flatMap((item) => {
      const [first, ...others] = item.keys();
      const ignored = others.filter((key) => key !== 'description');
      return ignored.map((key) =>
        atKey('ignored-expectation', item.at(key), {
          message: `${subjectOf(request)}${key} is never checked, because it stands behind ${first} in one item`,
        }),
      );
    });
}

const SOURCES = ['json', 'xpath', 'regexp', 'header', 'selector'];

function partFaults(answer: Cursor): Finding[] {
  const parts = [...oneOrMoreAt(answer.at('capture')), ...oneOrMoreAt(answer.at('match'))];
  return parts
    .filter((part) => part.keys().length > 0)
    .flatMap((part) => [...sourceFault(part), ...patternFault(part)]);
}

function sourceFault(part: Cursor): Finding[] {
  if (SOURCES.some((key) => isPresent(part.at(key)))) return [];
  const message = `${subjectOf(part)}it does not say which part of the answer is meant`;
  return [atValue('missing-key', part, { message, allowed: SOURCES })];
}

function patternFault(part: Cursor): Finding[] {
  const cursor = part.at('regexp');
  const pattern = textAt(cursor);
  if (pattern === undefined || pattern.includes('{{')) return [];
  try {
    new RegExp(pattern, textAt(part.at('flags')) ?? '');
    return [];
  } catch (thrown) {
    const message = `the regular expression cannot be read: ${thrown instanceof Error ? thrown.message : ''}`;
    return [atValue('impossible-value', cursor, { message, found: pattern })];
  }
}
