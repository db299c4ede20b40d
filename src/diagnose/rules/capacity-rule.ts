import { quantileOfSorted } from '../../stats/index.ts';
import { type Candidate, ofRequestTime } from '../candidate.ts';
import type { Scene } from '../scene.ts';
import { demandsOf } from '../service-demand.ts';
import type { Signal } from '../signals/values.ts';
import { excessMs } from '../slowness.ts';
import { sumOf, totalOf } from '../timeline.ts';
import { digits, percent } from '../wording.ts';

/** Busy so much of the time, a resource has nothing left for the random moments when more comes. */
const FULL = 0.9;

/** Of the processor time that is used, what the system has to use itself. */
const MIN_OWN_USE = 0.5;

/** A resource that is full while nothing does more than its share of work: there is more load than the system can take. */
export function capacityRule(scene: Scene): Candidate[] {
  const { timeline, slowness, service } = scene;
  if (!slowness.isSlow) return [];
  const machine = isOwnUse(scene) ? service.machine : undefined;
  const full = [
    { name: 'The processors of the machine', signal: machine },
    { name: 'The event loop', signal: service.loopWork },
  ].flatMap(({ name, signal }) => (signal !== undefined && busiest(signal) >= FULL ? [{ name, signal }] : []));
  const [first] = full;
  if (first === undefined) return [];
  const work = first.signal.values.map((share) => share * timeline.stepMs);
  const demands = demandsOf(work, timeline).demands.filter(({ share }) => share >= 0.1);
  return [
    {
      cause: 'at capacity',
      title: `${first.name} ${first.name.endsWith('s of the machine') ? 'are' : 'is'} fully used: the system is at its capacity`,
      ...ofRequestTime(excessMs(slowness, timeline), timeline),
      certainty: 'likely',
      subject: first.name.toLowerCase(),
      seen: [
        { text: `busy ${percent(busiest(first.signal))} in the busiest tenth of the time`, lane: first.signal.lane },
        ...consumers(service.cores),
        ...(demands.length === 0
          ? []
          : [
              {
                text: `by endpoint: ${demands
                  .slice(0, 3)
                  .map(({ endpoint, share }) => `${endpoint} ${percent(share)}`)
                  .join(', ')}`,
              },
            ]),
      ],
    },
  ];
}

/**
 * Whether what was watched uses most of what is used: else something beside the system does, and it is that machine, and not the
 * system, that is full. What nobody watched is not known, and is given the benefit of the doubt.
 */
function isOwnUse({ service: { cores, machine } }: Scene): boolean {
  if (machine?.processors === undefined || cores.length === 0) return true;
  const own = totalOf(
    sumOf(
      cores.map(({ values }) => values),
      machine.values.length,
    ),
  );
  return own >= MIN_OWN_USE * machine.processors * totalOf(machine.values);
}

function busiest({ values }: Signal): number {
  return quantileOfSorted(Float64Array.from(values).sort(), 0.9);
}

function consumers(cores: Scene['service']['cores']): Candidate['seen'] {
  const used = cores
    .map((each) => ({ system: each.system, lane: each.lane, most: busiest(each) }))
    .filter(({ most }) => most > 0.05);
  const [first] = used;
  if (first === undefined) return [];
  return [
    {
      text: `processor time: ${used.map(({ system, most }) => `${system} ${digits(most)} cores`).join(', ')}`,
      lane: first.lane,
    },
  ];
}
