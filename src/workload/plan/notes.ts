import type { EffectiveTest } from './effective-test.ts';
import { isEntry } from './entry.ts';
import type { Remark } from './flow.ts';
import type { Journey } from './journeys.ts';
import type { Load } from './load.ts';
import type { MeasuredRun } from './measured-run.ts';
import { hasOwnArrivals } from './own-schedule.ts';
import type { Plan, PlanNote } from './plan-types.ts';

/** What the notes are taken from beside the plan. */
export interface NoteSources {
  readonly test: EffectiveTest;
  readonly load: Load;
  readonly journeys: readonly Journey[];
  readonly measured: MeasuredRun | undefined;
}

/** Requests per second above which one worker of Artillery's own engine falls behind, measured (docs/plan.md). */
const WORKER_LIMIT_PER_SEC = 1_500;

/** What a reader should know about the test and about how the plan was made, most surprising first. */
export function notesOf(plan: Omit<Plan, 'notes'>, sources: NoteSources): PlanNote[] {
  return [
    ...phaseNotes(plan, sources),
    ...journeyNotes(sources),
    ...generatorNotes(plan),
    ...openNotes(plan, sources),
    ...hookNotes(sources),
  ];
}

function phaseNotes(plan: Omit<Plan, 'notes'>, { test, load }: NoteSources): PlanNote[] {
  const notes: PlanNote[] = [];
  const add = (code: string, text: string): number => notes.push({ code, text });
  if (test.config.phases === undefined) {
    add('no-phases', 'The test has no phases. Artillery then starts one single user.');
  }
  for (const { name, kind } of plan.phases.filter((phase) => phase.kind === 'nothing')) {
    add(
      'phase-left-out',
      `"${name}" has only zeros, so Artillery leaves it out (${kind}). For a break write: pause: 60 # seconds`,
    );
  }
  if (test.keptPhases > 0) {
    const phases = test.keptPhases === 1 ? 'the last phase' : `the last ${test.keptPhases} phases`;
    add('phases-kept', `The environment has fewer phases than the test, so ${phases} of the test run as well.`);
  }
  for (const { name, maxVusers, kind, fromPerSec = 0 } of plan.phases) {
    // An arrivalCount goes to one worker, and its limit with it.
    const sharing = kind === 'ramp' ? load.availableWorkers : Math.min(load.availableWorkers, fromPerSec);
    if (maxVusers === undefined || kind === 'count' || maxVusers >= sharing) continue;
    // Users are dealt out anew, to those that may let somebody in, unless Artillery has dropped a worker before that.
    if (load.hasOwnArrivals && load.workers.length >= sharing) continue;
    const text = `"${name}" lets in ${maxVusers} users at a time, shared by ${sharing} workers: some get none and start nobody.`;
    add('cap-below-workers', `${text} Set maxVusers to ${sharing} or more.`);
  }
  if (!hasOwnArrivals(test.config) && load.phases.some(({ raw }) => isEntry(raw.mix))) {
    add(
      'mix-ignored',
      'A mix per phase needs "engine: undici" under config; Artillery\'s own engine goes by the weights.',
    );
  }
  if (plan.users.arrivals === 0) add('no-users', 'No user arrives, so nothing is tested.');
  return notes;
}

function journeyNotes({ journeys, test }: NoteSources): PlanNote[] {
  const notes: PlanNote[] = [];
  const never = journeys.filter(({ weight }) => weight === 0);
  if (never.length > 0 && !hasOwnArrivals(test.config)) {
    notes.push({
      code: 'journey-never',
      text: `Never chosen, as the weight is 0: ${listOf(never.map(({ name }) => name))}.`,
    });
  }
  const foreign = journeys.filter(({ isHttp }) => !isHttp);
  if (foreign.length > 0) {
    const text = `Only HTTP requests are counted; what these do beside is not: ${listOf(foreign.map(({ name }) => name))}.`;
    notes.push({ code: 'engine-unknown', text });
  }
  const endless = journeys.filter(({ remarks }) => remarks.some(({ kind }) => kind === 'endless loop'));
  if (endless.length > 0) {
    const text = `These have a loop without end, so that their users never leave and the run never ends: ${listOf(endless.map(({ name }) => name))}.`;
    notes.push({ code: 'endless-loop', text: `${text} One round of it is counted. For an end write: count: 5` });
  }
  const fractions = whatsOf(journeys, 'fractional think time');
  if (fractions.length > 0) {
    const text = `think: ${fractions.join(', ')} is no pause: Artillery takes a fraction as one millisecond. Write a unit: "500ms".`;
    notes.push({ code: 'fractional-think', text });
  }
  return notes;
}

function generatorNotes(plan: Omit<Plan, 'notes'>): PlanNote[] {
  const perUser = plan.users.started === 0 ? 0 : plan.requests.expected / plan.users.started;
  const perSec = plan.peakArrivalsPerSec * perUser;
  if (perSec <= WORKER_LIMIT_PER_SEC * plan.workers) return [];
  const text = `About ${Math.round(perSec)} requests a second may be more than ${plan.workers} of Artillery's workers can send.`;
  return [{ code: 'generator-limit', text }];
}

function openNotes({ endpoints, session, measured }: Omit<Plan, 'notes'>, sources: NoteSources): PlanNote[] {
  const notes: PlanNote[] = [];
  const { journeys } = sources;
  for (const doubt of sources.measured?.doubts ?? []) {
    notes.push({ code: 'measured-doubt', text: `${measured?.run ?? 'The run'} may not fit: ${doubt}.` });
  }
  const assumed = new Set(endpoints.filter(({ source }) => source === 'assumed').map(({ endpoint }) => endpoint));
  const isOpen = (remark: Remark): boolean => remark.endpoints.some((endpoint) => assumed.has(endpoint));
  const conditions = whatsOf(journeys, 'condition', isOpen);
  if (conditions.length > 0) {
    const text = `Whether these conditions hold is decided in the run; they count as holding half of the time: ${listOf(conditions)}.`;
    notes.push({ code: 'assumed-conditions', text });
  }
  const repetitions = whatsOf(journeys, 'repetition', isOpen);
  if (repetitions.length > 0) {
    const text = `How often these repeat is decided in the run; whileTrue counts as two rounds, others as one: ${listOf(repetitions)}.`;
    notes.push({ code: 'assumed-repetitions', text });
  }
  const functions = [...whatsOf(journeys, 'function'), ...whatsOf(journeys, 'think time')];
  if (session.source === 'assumed' && functions.length > 0) {
    const text = `How long these take is decided in the run; they count as ${session.functionMs / 1000} s each: ${listOf(functions)}.`;
    notes.push({ code: 'assumed-times', text });
  }
  return notes;
}

const HOOKS = ['beforeScenario', 'afterScenario', 'beforeRequest', 'afterResponse'];

function hookNotes({ test }: NoteSources): PlanNote[] {
  if (!HOOKS.some((hook) => JSON.stringify(test.scenarios).includes(`"${hook}":`))) return [];
  const text =
    'Functions of the processor (hooks) can leave requests out or send more, redirects add some, and a user whose request fails leaves early.';
  return [{ code: 'hooks', text: `${text} None of this shows in the YAML.` }];
}

function whatsOf(
  journeys: readonly Journey[],
  kind: Remark['kind'],
  isWanted: (remark: Remark) => boolean = () => true,
): string[] {
  const wanted = journeys.flatMap(({ remarks }) =>
    remarks.filter((remark) => remark.kind === kind && isWanted(remark)),
  );
  return [...new Set(wanted.map(({ what }) => what))];
}

/** At most this many names, so that a note stays a note. */
const MOST_NAMES = 6;

function listOf(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return rest > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more` : names.join(', ');
}
