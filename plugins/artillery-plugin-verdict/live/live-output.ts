import type { Observation } from 'proving-ground/gate/index.ts';
import type { ArtilleryPhase, GeneratorSecond } from 'proving-ground/record/index.ts';
import { outputRedactor, phaseName } from 'proving-ground/record/index.ts';
import { styleFor, textWidth } from 'proving-ground/report/index.ts';
import {
  createLiveFigures,
  type LiveView,
  liveBlock,
  liveLines,
  phaseStartedLine,
} from 'proving-ground/report/live/index.ts';
import type { PluginEvents } from '../artillery.ts';
import type { PreparedTest } from '../prepare.ts';
import { BlockWriter } from './block-writer.ts';
import type { OutputMode } from './output-mode.ts';
import { muteConsoleReporter, stopSpinner } from './quiet-artillery.ts';
import { followRules } from './standing-rules.ts';

/** What is shown of a run while it goes on. Times are milliseconds since the epoch. */
export interface LiveOutput {
  phaseStarted(phase: ArtilleryPhase, at: number): void;
  phaseCompleted(): void;
  observe(observation: Observation): void;
  generator(second: GeneratorSecond): void;
  /** Nothing more is shown; the terminal is left as it was. */
  close(): void;
}

const REDRAW_MS = 500;
const LINES_MS = 10_000;

const NOTHING: LiveOutput = {
  phaseStarted: () => undefined,
  phaseCompleted: () => undefined,
  observe: () => undefined,
  generator: () => undefined,
  close: () => undefined,
};

/** Before the first word of ours: a spinner of Artillery's may stand where it is about to be printed. */
export function clearTerminal(mode: OutputMode): void {
  if (mode !== 'live') return;
  stopSpinner();
  process.stdout.write('\r\u001b[2K');
}

/** Begins to show a run, in place of what Artillery prints. */
export function startLiveOutput(test: PreparedTest, events: PluginEvents, mode: OutputMode): LiveOutput {
  if (mode === 'artillery' || mode === 'quiet') return NOTHING;
  muteConsoleReporter(events);
  const phases = test.plan.phases.map(({ index, name, durationMs }) => ({ index, name, durationMs }));
  const figures = createLiveFigures(phases);
  const rules = followRules(test);
  // Names may be cut when they are shown, and a part of a secret would not be known for one.
  const view = (): LiveView => outputRedactor.texts(figures.view(Date.now(), rules.results()));
  const show = mode === 'live' ? showBlock(view) : showLines(view);
  return neverInTheWay({
    phaseStarted: (phase, at) => {
      figures.enterPhase(phase.index, at);
      const place = phases.findIndex(({ index }) => index === phase.index);
      const durationMs = phases[place]?.durationMs ?? 0;
      show.phaseStarted(phaseStartedLine({ name: phaseName(phase), number: place + 1, of: phases.length, durationMs }));
    },
    phaseCompleted: figures.leavePhase,
    observe: (observation) => {
      figures.observe(observation);
      rules.observe(observation);
    },
    generator: figures.generator,
    close: show.close,
  });
}

/** A run goes on, and is judged, also when it cannot be shown. */
function neverInTheWay(output: LiveOutput): LiveOutput {
  let isBroken = false;
  const safely =
    <A extends unknown[]>(work: (...parameters: A) => void) =>
    (...parameters: A): void => {
      if (isBroken) return;
      try {
        work(...parameters);
      } catch (thrown) {
        isBroken = true;
        output.close();
        console.error(`The run goes on, but can no longer be shown: ${String(thrown)}`);
      }
    };
  return {
    phaseStarted: safely(output.phaseStarted),
    phaseCompleted: safely(output.phaseCompleted),
    observe: safely(output.observe),
    generator: safely(output.generator),
    close: output.close,
  };
}

interface Show {
  phaseStarted(line: string): void;
  close(): void;
}

function showBlock(view: () => LiveView): Show {
  const { stdout, stderr, env } = process;
  const writer = new BlockWriter(stdout, stderr.isTTY ? [stderr] : []);
  const style = styleFor(stdout, env);
  const draw = (): void => {
    writer.draw(liveBlock(view(), { style, width: stdout.columns || textWidth(stdout), rows: stdout.rows || 24 }));
  };
  // Not at once: plugins that are set up after this one may write past all streams, as the reference platform does.
  const timer = setInterval(draw, REDRAW_MS).unref();
  stdout.on('resize', draw);
  const close = (): void => {
    clearInterval(timer);
    stdout.off('resize', draw);
    process.off('exit', close);
    writer.close();
  };
  // Whatever ends the process, the cursor is to be seen again.
  process.on('exit', close);
  return { phaseStarted: draw, close };
}

function showLines(view: () => LiveView): Show {
  let timer: NodeJS.Timeout | undefined;
  const print = (): void => console.log(liveLines(view()).join('\n'));
  return {
    phaseStarted: (line) => {
      timer ??= setInterval(print, LINES_MS).unref();
      console.log(line);
    },
    close: () => clearInterval(timer),
  };
}
