import type { MachineSecond, ValidityFinding } from '../../record/index.ts';
import type { Evidence } from './evidence.ts';
import { joined, percent } from './finding-text.ts';
import { BUSY_LOOP, MACHINE_BUSY, NEARLY_FULL, STOLEN, WAITED } from './limits.ts';

/** What is worth knowing and makes no run not valid by itself: the harm it does shows in the other rules. */
export function notes(evidence: Evidence): ValidityFinding[] {
  return [...nearlyFull(evidence), ...busyLoop(evidence), ...processors(evidence), ...turnedAway(evidence)];
}

function nearlyFull({ machine }: Evidence): ValidityFinding[] {
  const files = highest(machine, ({ descriptors, descriptorLimit }) =>
    descriptors === null || descriptorLimit === null ? undefined : descriptors / descriptorLimit,
  );
  const ports = highest(machine, (second) => second.ports ?? undefined);
  const full = [
    files >= NEARLY_FULL ? `${percent(files)} of the files and sockets that the process may open were open` : '',
    ports >= NEARLY_FULL ? `TCP sockets held as many as ${percent(ports)} of the local ports` : '',
  ];
  if (joined(...full) === '') return [];
  return [noted('descriptors', Math.max(files, ports), NEARLY_FULL, joined(...full))];
}

/** Where an engine waits for exact moments in a loop, as Artillery's own arrivals do, being busy says nothing. */
function busyLoop({ generator }: Evidence): ValidityFinding[] {
  const busy = mean(generator.filter(({ sendLagP99Ms }) => sendLagP99Ms !== undefined).map((each) => each.utilisation));
  if (busy < BUSY_LOOP) return [];
  const text = `the event loops of the workers were busy for ${percent(busy)} of the time: much more load than this will make them late`;
  return [noted('event loop', busy, BUSY_LOOP, text)];
}

function processors({ machine, generator }: Evidence): ValidityFinding[] {
  const busy = mean(machine.flatMap(({ cpu }) => cpu ?? []));
  const stolen = mean(machine.flatMap(({ steal }) => steal ?? []));
  const waited = mean(generator.flatMap(({ waiting }) => waiting ?? []));
  const short = [
    busy >= MACHINE_BUSY ? `all processors of the machine were busy for ${percent(busy)} of the time` : '',
    stolen >= STOLEN ? `other machines on the same hardware took ${percent(stolen)} of the processors` : '',
    waited >= WAITED ? `workers waited for a processor for ${percent(waited)} of the time` : '',
  ];
  if (joined(...short) === '') return [];
  return [noted('processors', Math.max(busy, stolen, waited), MACHINE_BUSY, joined(...short))];
}

function turnedAway({ metrics }: Evidence): ValidityFinding[] {
  const skipped = metrics.counters['vusers.skipped'] ?? 0;
  const arrived = skipped + (metrics.counters['vusers.created'] ?? 0);
  if (skipped === 0) return [];
  const text = `${skipped.toLocaleString('en')} of ${arrived.toLocaleString('en')} users were turned away because maxVusers were at work: the system was slow, or the limit is low`;
  return [noted('maxVusers', skipped, 0, text)];
}

function noted(rule: ValidityFinding['rule'], observed: number, limit: number, text: string): ValidityFinding {
  return { rule, outcome: 'noted', observed, limit, unit: '', text, intervals: [] };
}

function highest(machine: readonly MachineSecond[], figure: (second: MachineSecond) => number | undefined): number {
  return machine.reduce((max, second) => Math.max(max, figure(second) ?? 0), 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
