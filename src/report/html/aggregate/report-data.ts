import type { RunRecord } from '../../../record/index.ts';
import type { SystemRecord } from '../../../record/system/index.ts';
import type { ReportData } from '../shared/report-data.ts';
import { faultExamples } from './fault-examples.ts';
import { fromSamples } from './from-samples.ts';
import { fromWindows } from './from-windows.ts';
import { arrivalsBySecond, generatorLanes } from './generator-lanes.ts';
import { plannedUsers } from './planned-users.ts';
import type { ReportSamples } from './report-samples.ts';
import type { FaultExample } from './sample-faults.ts';
import { systemLanes } from './system-lanes.ts';
import { limitLines } from './thresholds.ts';
import { counterRate, customMetrics, journeyMetrics, usersPresent, windowsOf } from './window-series.ts';

/** A run, ready to be shown. */
export interface PreparedRun {
  readonly record: RunRecord;
  readonly data: ReportData;
  readonly examples: readonly FaultExample[];
  readonly system: SystemRecord | undefined;
}

/** What a run is made of. */
export interface RunSources {
  readonly record: RunRecord;
  /** Undefined, or empty: the engine wrote none. */
  readonly samples?: ReportSamples | undefined;
  /** What was seen of the system under test; undefined: nothing. */
  readonly system?: SystemRecord | undefined;
}

/** Adds a run up for its report. @param label what stands for it where several runs are shown. */
export function prepareRun({ record, samples, system }: RunSources, label: string): PreparedRun {
  const apdexMs = apdexThreshold(record.configuration);
  const known = samples !== undefined && samples.count > 0;
  const { examples, ...requests } = known ? fromSamples(record, samples, apdexMs) : fromWindows(record);
  const windows = windowsOf(record, requests.startMs);
  const load = {
    fromMs: requests.phases[0]?.fromMs ?? 0,
    toMs: requests.phases.at(-1)?.toMs ?? requests.bins * requests.binMs,
  };
  const data = {
    label,
    ...requests,
    users: {
      planned: plannedUsers(record, requests),
      started: arrivalsBySecond(record, requests.startMs) ?? counterRate(windows, 'vusers.created', load),
      present: usersPresent(windows),
    },
    metrics: customMetrics(windows),
    journeyMetrics: journeyMetrics(windows),
    lanes: [...systemLanes(system, requests.startMs), ...generatorLanes(record, requests.startMs)],
    limits: limitLines(record.verdict.rules, requests),
    apdexMs,
  };
  return { record, data, examples: faultExamples(record, examples), system };
}

/** Artillery's own default for its plugin apdex. */
const DEFAULT_APDEX_MS = 500;

function apdexThreshold({ plugins }: RunRecord['configuration']): number {
  const options = typeof plugins === 'object' && plugins !== null && 'apdex' in plugins ? plugins.apdex : undefined;
  if (typeof options !== 'object' || options === null || !('threshold' in options)) return DEFAULT_APDEX_MS;
  return typeof options.threshold === 'number' && options.threshold > 0 ? options.threshold : DEFAULT_APDEX_MS;
}
