import { describe, expect, test } from '@jest/globals';
import { firstHeader, joinedHeaders } from './headers.ts';

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
