import { describe, expect, test } from 'vitest';
import { firstHeader, joinedHeaders, withHeader } from './headers.ts';

describe('headers of an answer', () => {
  test('are joined as Node joins them', () => {
    const headers = { vary: ['a', 'b'], etag: ['"1"', '"2"'], 'set-cookie': ['a=1', 'b=2'], server: 'x' };
    expect(joinedHeaders(headers)).toEqual({ vary: 'a, b', etag: '"1"', 'set-cookie': ['a=1', 'b=2'], server: 'x' });
  });

  test('have one cookie as a list, too', () => {
    expect(joinedHeaders({ 'set-cookie': 'a=1' })).toEqual({ 'set-cookie': ['a=1'] });
  });

  test('have a first value or none', () => {
    expect(firstHeader({ location: ['/a', '/b'] }, 'location')).toBe('/a');
    expect(firstHeader({}, 'location')).toBeUndefined();
  });
});

test('a header takes the place of all others of its name, and of no value that reads like it', () => {
  expect(withHeader(['cookie', 'a=1', 'x', 'cookie', 'cookie', 'b=2'], 'cookie', 'c=3')).toEqual([
    'x',
    'cookie',
    'cookie',
    'c=3',
  ]);
});
