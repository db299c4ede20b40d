import type { GateRecord } from '../../gate/regression/index.ts';
import { forestPlot } from '../forest-plot.ts';
import { escapeMarkup } from '../plan/markup.ts';
import { MARK_COLOURS, section, staticPage, tableSection } from '../static-page.ts';
import { gateForest } from './gate-forest.ts';
import { culpritText, type GateLine, gateLines, headline, healthText, refusedTexts } from './gate-lines.ts';

const COLUMNS = [
  { title: 'Answer', align: 'left' },
  { title: 'Endpoint', align: 'left' },
  { title: 'Metric', align: 'left' },
  { title: 'Baseline', align: 'right' },
  { title: 'Candidate', align: 'right' },
  { title: 'Change', align: 'right' },
  { title: '95 % interval', align: 'right' },
  { title: 'Margin', align: 'right' },
  { title: 'Would have been found', align: 'right' },
] as const;

/** Wide enough for the table of figures. */
const STYLE = '<style>body { max-width: 1120px; } th, td { padding-right: 16px; }</style>';

/** A comparison as one page that needs no network and no script. */
export function gateHtml(record: GateRecord): string {
  const lines = gateLines(record);
  const culprit = culpritText(record);
  return staticPage(
    `${record.answer}: ${record.baseline.label} → ${record.candidate.label}`,
    [
      MARK_COLOURS,
      STYLE,
      `<h1>${escapeMarkup(headline(record))}</h1>`,
      `<ul>${[...(culprit === undefined ? [] : [culprit]), ...facts(record)].map(listItem).join('')}</ul>`,
      `<div class="chart">${forestPlot(gateForest(record))}</div>`,
      figures(
        'What decides',
        lines.filter(({ isGating }) => isGating),
      ),
      figures(
        'What is shown beside it',
        lines.filter(({ isGating }) => !isGating),
      ),
      list('Not judged', refusedTexts(record)),
      pairTable(record),
      section('The same comparison again', `<p><code>${escapeMarkup(record.replay)}</code></p>`),
    ].join('\n'),
  );
}

function facts(record: GateRecord): string[] {
  const { baseline, candidate, test, plan, environment, startedAt, seed } = record;
  return [
    `Baseline: ${baseline.label}; candidate: ${candidate.label}`,
    `${test.file}, blocks of ${plan.blockSec} s after a warm-up of ${plan.warmUpSec} s; ${healthText(record)}`,
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC, seed ${seed}; ${environment.cpus} cores of ${environment.cpuModel}, Node ${environment.node}`,
  ];
}

function figures(title: string, lines: readonly GateLine[]): string {
  if (lines.length === 0) return '';
  const rows = lines.map((line) => [
    line.answer,
    line.target,
    line.metric,
    line.baseline,
    line.candidate,
    line.change,
    line.interval,
    line.margin,
    line.detectable,
  ]);
  return tableSection(title, { columns: COLUMNS, rows });
}

/** In the order in which they ran, with what spoiled them. */
function pairTable({ pairs, health }: GateRecord): string {
  if (pairs.length === 0) return '';
  const rows = pairs.map(({ baseline, candidate }) => {
    const why = health.spoiled.filter(({ pair }) => pair === baseline.pair);
    const first = baseline.place === 'first' ? 'baseline' : 'candidate';
    return [
      String(baseline.pair + 1),
      first,
      lateness(baseline),
      lateness(candidate),
      why.map(spoiledText).join('; ') || 'counts',
    ];
  });
  const columns = [
    { title: 'Pair', align: 'right' },
    { title: 'First', align: 'left' },
    { title: 'Baseline: p99 of lateness', align: 'right' },
    { title: 'Candidate: p99 of lateness', align: 'right' },
    { title: 'Counts', align: 'left' },
  ] as const;
  return tableSection('Pairs, and whether the generator kept up', { columns, rows });
}

function lateness({ health }: GateRecord['pairs'][number]['baseline']): string {
  return health.latenessP99Ms === undefined ? '-' : `${health.latenessP99Ms.toFixed(1)} ms`;
}

function spoiledText({ side, why }: GateRecord['health']['spoiled'][number]): string {
  return `${side}: ${why.kind === 'late' ? 'requests were sent late' : (why.faults?.join(', ') ?? why.kind)}`;
}

function list(title: string, texts: readonly string[]): string {
  return texts.length === 0 ? '' : section(title, `<ul>${texts.map(listItem).join('')}</ul>`);
}

function listItem(text: string): string {
  return `<li>${escapeMarkup(text)}</li>`;
}
