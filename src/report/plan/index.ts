export { planHtml } from './plan-html.ts';
export { planJson } from './plan-json.ts';
export { planSvg } from './plan-svg.ts';
export { planBrief, planText } from './plan-text.ts';
