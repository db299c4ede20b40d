import { gzipSync } from 'node:zlib';
import { outputRedactor } from 'proving-ground/record/redact.ts';
import { describe, expect, test } from 'vitest';
import { type AnswerHeaders, Exchange } from '../transport/exchange.ts';
import { AddressBook } from '../transport/wire-request.ts';
import { ErrorNotes } from './error-notes.ts';

const PLACE = () => ({ journey: 'Triage', phase: 'Burst' });

/** A request that was due at 0 and is over. */
function exchange(): Exchange {
  const request = {
    ...{ ...new AddressBook().find('http://127.0.0.1:1/x'), method: 'GET', headers: [] },
    ...{ body: undefined, timeoutMs: 1 },
  };
  return new Exchange(request, { ended: () => undefined }, false, 0, 0);
}

function answered(status: number, headers: AnswerHeaders, ...chunks: readonly (string | Buffer)[]): Exchange {
  const answer = exchange();
  const controller = { abort: () => undefined };
  answer.onResponseStart(controller, status, headers);
  for (const chunk of chunks) answer.onResponseData(controller, Buffer.from(chunk as string));
  answer.onResponseEnd();
  return answer;
}

function saidBy(answer: Exchange): string | undefined {
  const notes = new ErrorNotes();
  notes.exchange(answer, 'Search', PLACE);
  return notes.take()[0]?.said;
}

const JSON_TYPE = { 'content-type': 'application/problem+json' };

describe('an answer from 400 on', () => {
  test('is kept with what the server said, when and where', () => {
    const notes = new ErrorNotes();
    const answer = answered(503, JSON_TYPE, '{"title":\n', ' "Busy"}');
    notes.exchange(answer, 'Search', PLACE);
    expect(notes.take()).toEqual([
      {
        ...{ kind: '503', endpoint: 'Search', journey: 'Triage', phase: 'Burst' },
        ...{ at: new Date(performance.timeOrigin).toISOString(), afterMs: answer.endedAt },
        ...{ said: '{"title": "Busy"}', saidBy: 'server' },
      },
    ]);
    expect(notes.take()).toEqual([]);
  });

  test('says its text without tags, and unpacked', () => {
    const page = '<html><style>b { color: red }</style><h1>502 Bad Gateway</h1><hr>nginx</html>';
    expect(saidBy(answered(502, { 'content-type': 'text/html' }, page))).toBe('502 Bad Gateway nginx');
    const packed = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    expect(saidBy(answered(500, packed, gzipSync('{"title":"Busy"}')))).toBe('{"title":"Busy"}');
  });

  test.each([
    ['no body', JSON_TYPE, []],
    ['a body that is no text', { 'content-type': 'image/png' }, ['\u0089PNG']],
    ['a body that is not packed as it says', { ...JSON_TYPE, 'content-encoding': 'gzip' }, ['{}']],
    ['a body that unpacks to far more', { ...JSON_TYPE, 'content-encoding': 'gzip' }, [gzipSync(' '.repeat(2e6))]],
  ])('says nothing with %s', (_name, headers, chunks) => {
    expect(saidBy(answered(500, headers, ...chunks))).toBeUndefined();
  });

  test('says no secret, also where one looks like a tag', () => {
    outputRedactor.learn(['s3cr3t<of>notes']);
    const page = { 'content-type': 'text/html' };
    expect(saidBy(answered(500, page, '<p>no such key: s3cr3t<of>notes</p>'))).toBe('no such key: [redacted]');
  });

  test('keeps the beginning of a large body, and nothing of a good answer that nobody reads', () => {
    const large = answered(500, JSON_TYPE, ...Array.from({ length: 100 }, () => 'x'.repeat(1_024)));
    expect(large.chunks.length).toBe(16);
    expect(large.bodyBytes).toBe(102_400);
    expect(saidBy(large)).toBe(`${'x'.repeat(199)}…`);
    expect(answered(200, JSON_TYPE, '{}').chunks).toEqual([]);
  });
});

describe('an error', () => {
  test('is kept with what the client said, and once although it ends the journey as well', () => {
    const notes = new ErrorNotes();
    const failed = exchange();
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    failed.onResponseError(undefined, error);
    notes.exchange(failed, 'Search', PLACE);
    notes.journey(error, PLACE);
    expect(notes.take()).toMatchObject([
      { kind: 'ECONNREFUSED', endpoint: 'Search', said: 'connect ECONNREFUSED 127.0.0.1:1', saidBy: 'client' },
    ]);
    notes.journey('no alert left', PLACE);
    expect(notes.take()).toMatchObject([{ kind: 'no alert left', journey: 'Triage' }]);
  });

  test('of a capture comes with the answer that nothing could be taken from', () => {
    const notes = new ErrorNotes();
    const answer = new Exchange(exchange().request, { ended: () => undefined }, true, 0, 0);
    const controller = { abort: () => undefined };
    answer.onResponseStart(controller, 200, JSON_TYPE);
    answer.onResponseData(controller, Buffer.from('{"hits":[]}'));
    answer.onResponseEnd();
    notes.answered(new Error('Failed capture or match'), answer, 'Search', PLACE);
    expect(notes.take()).toMatchObject([
      { kind: 'Failed capture or match', endpoint: 'Search', said: '{"hits":[]}', saidBy: 'server' },
    ]);
  });
});
