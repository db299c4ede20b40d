export {
  type BodySource,
  type BodyTemplate,
  compileBody,
  encodeBody,
  type RenderedBody,
  renderBodyParts,
} from './body.ts';
export { applyCaptures, type CaptureReader, compileCaptures } from './captures.ts';
export { type Condition, compileCondition, isProbable } from './condition.ts';
export { LanguageFault } from './fault.ts';
export { compileHeaders, flattenHeaders, type HeaderPlan, renderAuthorization } from './headers.ts';
export { compileLoop } from './loop.ts';
export { renderQuery, replaceQuery } from './query.ts';
export { compileTemplate, renderTemplate, type Template } from './template.ts';
export { compileThink } from './think.ts';
