import { describe, expect, test } from 'vitest';
import { UserFault } from '../../errors.ts';
import { parseTestFile } from '../test-file.ts';
import { effectiveTest } from './effective-test.ts';
import { phaseSpecs } from './phase-spec.ts';

function specsOf(phases: string, config = ''): ReturnType<typeof phaseSpecs> {
  const text = `config:\n  phases:\n${phases}\n${config}\nscenarios: []\n`;
  return phaseSpecs(effectiveTest(parseTestFile('t.yml', text), { env: {} }));
}

function faultOf(phases: string): UserFault {
  try {
    specsOf(phases);
  } catch (thrown) {
    if (thrown instanceof UserFault) return thrown;
  }
  throw new Error('no fault was found');
}

describe('phaseSpecs', () => {
  test.each([
    ['{duration: 5, arrivalRate: 2}', 'constant'],
    ['{duration: 5, arrivalRate: 2, mode: poisson}', 'constant'],
    ['{duration: 5, arrivalRate: 0.5, rampTo: 2}', 'ramp'],
    ['{duration: 5, rampTo: 2}', 'ramp'],
    ['{duration: 5, arrivalRate: 2, rampTo: 0}', 'ramp'],
    ['{duration: 5, arrivalCount: 2}', 'count'],
    ['{pause: 5}', 'pause'],
    ['{duration: 5, arrivalRate: 0}', 'nothing'],
    ['{duration: 5, arrivalRate: "5"}', 'constant'],
  ])('%s is of the kind %s', (phase, kind) => {
    expect(specsOf(`    - ${phase}`).map((spec) => spec.kind)).toEqual([kind]);
  });

  test('takes the mode of the configuration where a phase has none', () => {
    const phases = '    - {duration: 1, arrivalRate: 1}\n    - {duration: 1, arrivalRate: 1, mode: uniform}';
    expect(specsOf(phases, '  mode: poisson').map(({ raw }) => raw.mode)).toEqual(['poisson', 'uniform']);
  });

  test('is one user when there are no phases', () => {
    const test = effectiveTest(parseTestFile('t.yml', 'scenarios: []'), { env: {} });
    expect(phaseSpecs(test)).toMatchObject([{ kind: 'count', raw: { duration: 1, arrivalCount: 1 } }]);
  });

  test.each([
    ['- {name: Peak, duration: 5, arrivalrate: 2}', /t\.yml:3:7 phase "Peak": has none of arrivalRate, rampTo/],
    [
      '- {duration: 5, arrivalRate: 2.5}',
      /t\.yml:3:34 phase 1: arrivalRate is 2\.5; Artillery takes whole numbers only/,
    ],
    ['- {duration: 5, arrivalRate: -1}', /arrivalRate is -1; it must be a number from 0 upwards/],
    ['- {duration: 5, arrivalRate: many}', /arrivalRate is "many"; it must be a number/],
    ['- {duration: 5, arrivalRate: 2, maxVusers: 1.5}', /maxVusers is 1\.5; it must be a whole number/],
    ['- {duration: 5, arrivalRate: 2, mode: random}', /mode is "random"; allowed are uniform and poisson/],
    ['- {arrivalRate: 2}', /phase 1: has no duration, so that it would never end/],
    ['- {duration: 1.5, arrivalRate: 2}', /duration is 1\.5; Artillery takes whole seconds above 0/],
    ['- {duration: 0, arrivalCount: 2}', /duration is 0;/],
    ['- {pause: soon}', /pause is "soon"/],
    ['- just words', /phase 1: is no map of keys/],
    ['- {duration: 5, arrivalRate: "{{ $env.RATE }}"}', /has none of arrivalRate/],
  ])('%s is refused, with its place', (phase, message) => {
    const fault = faultOf(`    ${phase}`);
    expect(fault.code).toBe('phase-impossible');
    expect(fault.message).toMatch(message);
    expect(fault.message).toMatch(/^t\.yml:\d+:\d+ /);
    expect(fault.hint).toMatch(/\w/);
  });

  test('says that a number may come from a variable that is not set', () => {
    expect(faultOf('    - {duration: 5, arrivalRate: "{{ $env.RATE }}"}').hint).toMatch(
      /set that variable in the shell/,
    );
  });

  test('must be a list', () => {
    expect(faultOf('    duration: 5').message).toMatch(/config\.phases is no list/);
  });
});
