import type { Plan } from '../../workload/plan/index.ts';
import { headlines } from './headline.ts';
import { DARK, escapeMarkup, LIGHT } from './markup.ts';
import { stretchesOf } from './phase-axis.ts';
import { phaseSentence } from './phase-sentence.ts';
import { PANEL_HEIGHT, svgPanel } from './svg-panel.ts';
import { oneLine } from './wording.ts';

const WIDTH = 920;
const GAP = 14;

/** Plain classes: programs that draw SVG files know neither variables nor, some of them, media queries. */
function coloursOf(colours: typeof LIGHT | typeof DARK): string {
  return `
  .plan-chart .ground { fill: ${colours.ground}; } .plan-chart .shade { fill: ${colours.shade}; }
  .plan-chart .title, .plan-chart .label { fill: ${colours.ink}; }
  .plan-chart .scale, .plan-chart .time { fill: ${colours.muted}; }
  .plan-chart .grid { stroke: ${colours.line}; }
  .plan-chart .area.arrivals { fill: ${colours.arrivals}; } .plan-chart .curve.arrivals { stroke: ${colours.arrivals}; }
  .plan-chart .area.present { fill: ${colours.present}; } .plan-chart .curve.present { stroke: ${colours.present}; }`;
}

const STYLE = `
  .plan-chart { font: 12px system-ui, sans-serif; }
  .plan-chart .title { font-weight: 600; font-size: 14px; }
  .plan-chart .scale { text-anchor: end; } .plan-chart .time { text-anchor: middle; }
  .plan-chart .area { opacity: 0.16; } .plan-chart .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
${coloursOf(LIGHT)}
  @media (prefers-color-scheme: dark) {${coloursOf(DARK)}
  }`;

/** The shape of a plan as a file of its own; see `svgElement`. */
export function planSvg(plan: Plan): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svgElement(plan)}\n`;
}

/**
 * The shape of a plan as a drawing that needs nothing else: new users per second, and users at work, over the same time with
 * the phases behind. It follows the reader's choice of light or dark, and says in words what it shows.
 */
export function svgElement(plan: Plan): string {
  const stretches = stretchesOf(plan);
  const totalMs = stretches.at(-1)?.endMs ?? 1;
  const shared = { stretches, totalMs };
  const height = 2 * PANEL_HEIGHT + GAP;
  return [
    `<svg class="plan-chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="plan-title plan-text">`,
    `<title id="plan-title">${escapeMarkup(`What ${oneLine(plan.test.file)} will do`)}</title>`,
    `<desc id="plan-text">${escapeMarkup(description(plan))}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect width="${WIDTH}" height="${height}" class="ground"/>`,
    svgPanel({
      ...shared,
      title: 'New users per second',
      values: plan.timeline.arrivalsPerSec,
      form: 'steps',
      series: 'arrivals',
      top: 0,
    }),
    svgPanel({
      ...shared,
      title: 'Users at work at the same time',
      values: plan.timeline.concurrency,
      form: 'line',
      series: 'present',
      top: PANEL_HEIGHT + GAP,
    }),
    '</svg>',
  ].join('\n');
}

function description(plan: Plan): string {
  const phases = plan.phases.map((phase) => `${oneLine(phase.name)}: ${phaseSentence(phase)}`);
  return `${headlines(plan).join('; ')}. ${phases.join(' ')}`;
}
