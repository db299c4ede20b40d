export type { CapturedResponse } from './answer-document.ts';
export { type BodySource, type BodyTemplate, compileBody, type RenderedBody, renderBody } from './body.ts';
export {
  applyCaptures,
  type CaptureEntry,
  type CaptureOutcome,
  type CaptureReader,
  compileCaptures,
  type MatchEntry,
} from './captures.ts';
export { type Condition, compileCondition, isProbable } from './condition.ts';
export { LanguageFault, type LanguageFaultKind } from './fault.ts';
export { compileHeaders, flattenHeaders, type HeaderPlan, renderAuthorization } from './headers.ts';
export { compileLoop, type Loop, type LoopRun, type LoopStep } from './loop.ts';
export { renderQuery, replaceQuery } from './query.ts';
export { compileTemplate, renderTemplate, type Template, type TemplateContext } from './template.ts';
export { compileThink, type Think, type ThinkStep } from './think.ts';
