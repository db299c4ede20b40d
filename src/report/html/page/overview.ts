import { formatNumber } from '../../number-format.ts';
import type { PreparedRun } from '../aggregate/report-data.ts';
import { dateOf, durationOf } from './banner.ts';
import { html, type Markup, type Part } from './markup.ts';

/** The figures that everybody asks for first, and the facts that one needs to repeat the run. */
export function overview(run: PreparedRun): Markup {
  return html`<section id="overview" aria-labelledby="overview-title"><h2 id="overview-title">Overview</h2>
<dl class="tiles">${tilesOf(run).map(tile)}</dl>
<dl class="facts">${factsOf(run).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</section>`;
}

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly note: string;
}

function tile({ name, value, unit, note }: Tile): Markup {
  return html`<div class="tile"><dt>${name}</dt><dd><span class="big">${value}</span>${unit === '' ? undefined : html` <span class="unit">${unit}</span>`}<span class="note">${note}</span></dd></div>`;
}

function tilesOf({ record, data }: PreparedRun): Tile[] {
  const figures = data.exact[0]?.rows.all;
  const seconds = Math.max(1, ((data.phases.at(-1)?.toMs ?? 0) - (data.phases[0]?.fromMs ?? 0)) / 1000);
  const requests = figures?.requests ?? 0;
  const users = record.metrics.counters['vusers.created'] ?? 0;
  const planned = record.phases.reduce((sum, phase) => sum + phase.plannedUsers, 0);
  const times = figures?.response ?? figures?.firstByte;
  const what = figures?.response === undefined ? 'to the first byte' : 'due to last byte';
  const time = (name: string, value: number | undefined): Tile =>
    value === undefined
      ? { name, value: 'none', unit: '', note: 'nothing was answered' }
      : { name, value: formatNumber(value), unit: 'ms', note: what };
  return [
    {
      name: 'Users',
      value: formatNumber(users),
      unit: '',
      note: planned > 0 ? `${formatNumber(planned)} planned` : 'started',
    },
    {
      name: 'Requests',
      value: formatNumber(requests),
      unit: '',
      note: `${formatNumber(requests / seconds)} per second`,
    },
    errorTile(requests, figures?.errors ?? 0),
    time('Median time', times?.p50),
    time('95th percentile', times?.p95),
    time('99th percentile', times?.p99),
  ];
}

function errorTile(requests: number, errors: number): Tile {
  if (requests === 0) return { name: 'Errors', value: 'none', unit: '', note: 'nothing was sent' };
  return {
    name: 'Errors',
    value: formatNumber((errors / requests) * 100),
    unit: '%',
    note: `${formatNumber(errors)} without answer or 5xx`,
  };
}

function factsOf({ record }: PreparedRun): (readonly [string, Part])[] {
  const { test, environment, seed, ending } = record;
  const machine = `${environment.cpus} × ${environment.cpuModel}, ${formatNumber(environment.memoryBytes / 2 ** 30)} GiB`;
  return [
    ['Target', html`<bdi>${test.target ?? 'not set'}</bdi>`],
    ['Test', html`<bdi>${test.file}</bdi>`],
    ['Started', dateOf(record.startedAt)],
    ['Took', `${durationOf(record)}${ending.how === 'completed' ? '' : `, ${ending.how}`}`],
    [
      'Commit',
      environment.commit === undefined ? 'not in a repository' : html`<code>${environment.commit.slice(0, 12)}</code>`,
    ],
    ['Seed', html`<code>${seed}</code>`],
    ['Versions', `Artillery ${environment.artillery}, Node ${environment.node}`],
    ['Generator', `${machine}, ${environment.platform}`],
    [
      'Same run again',
      html`<code class="command" id="replay">${record.replay}</code> <button type="button" class="small" data-copy="replay" hidden>Copy</button>`,
    ],
  ];
}
