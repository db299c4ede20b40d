import type { StepSpec } from '../artillery.ts';
import { hooksOf, type Journey } from '../journey/journey.ts';
import {
  type BodyTemplate,
  type CaptureReader,
  type Condition,
  compileBody,
  compileCaptures,
  compileCondition,
  compileHeaders,
  compileTemplate,
  flattenHeaders,
  type HeaderPlan,
  type Template,
} from '../language/index.ts';
import type { EndpointNames } from '../meter/endpoint-metrics.ts';
import type { SampleLabels } from '../meter/meter.ts';
import { traceparentSource } from './traceparent.ts';

/** Seconds that Artillery waits for an answer unless the test says otherwise. */
const DEFAULT_TIMEOUT_S = 10;

/** Everything about a request step that is known before a user comes to it. */
export interface RequestPlan {
  /** The step's parameters as written. */
  readonly params: StepSpec;
  /** In capitals. */
  readonly method: string;
  /** Absolute, unless it begins with a template; undefined: the step has none. */
  readonly url: string | undefined;
  readonly urlTemplate: Template;
  readonly name: string | undefined;
  /** Undefined: the step sends none. */
  readonly body: BodyTemplate | undefined;
  readonly headers: HeaderPlan;
  /** The headers as they go on the wire, where they are always the same. */
  readonly fixedHeaders: readonly string[] | undefined;
  /** Seconds. */
  readonly timeout: number;
  readonly probability: unknown;
  readonly condition: Condition | undefined;
  readonly captures: CaptureReader | undefined;
  /** Hooks of the journey, then those of the request. */
  readonly beforeAnyRequest: readonly string[];
  readonly beforeRequest: readonly string[];
  readonly afterResponse: readonly string[];
  readonly onError: readonly string[];
  /** Whether anybody wants to see the request itself. */
  readonly needsDraft: boolean;
  /** Whether anybody wants to see the body of the answer. */
  readonly needsBody: boolean;
  readonly decompress: boolean;
  readonly traceparent: (() => string) | undefined;
  readonly labels: SampleLabels;
  /** What metrics-by-endpoint calls it, as long as no hook changes it. */
  readonly endpoint: EndpointNames | undefined;
  /** Cookies that every user has from the start. */
  readonly defaultCookie: Readonly<Record<string, unknown>> | undefined;
}

/** @param step `{get: {…}}` or any other method; hooks of the journey come before those of the request. */
export function planRequest(step: StepSpec, { name: journeyName, hooks, resources }: Journey): RequestPlan {
  const { config, meter } = resources;
  const [verb = '', value] = Object.entries(step)[0] ?? [];
  const params = (typeof value === 'object' && value !== null ? value : {}) as StepSpec;
  const method = verb.toUpperCase();
  const written = params.url ?? params.uri;
  const url = written === undefined || written === '' ? undefined : absolute(String(written), config.target);
  const beforeAnyRequest = hooks.beforeRequest;
  const beforeRequest = hooksOf(params, 'beforeRequest');
  const afterResponse = [...hooks.afterResponse, ...hooksOf(params, 'afterResponse')];
  const captures = compileCaptures(params);
  const decompress = typeof params.gzip === 'boolean' ? params.gzip : true;
  const hookCount = beforeAnyRequest.length + beforeRequest.length + afterResponse.length;
  const headers = compileHeaders(config, params.headers, decompress);
  const body = hasBody(params) ? compileBody(params, method) : undefined;
  const traceparent = traceparentSource(config.http?.distributedTracing);
  const defaultCookie = config.http?.defaults?.cookie ?? config.defaults?.cookie;
  const name = params.name === undefined ? undefined : String(params.name);
  return {
    params,
    method,
    url,
    urlTemplate: compileTemplate(url),
    name,
    body,
    headers,
    fixedHeaders:
      headers.constant === undefined || body !== undefined || traceparent !== undefined
        ? undefined
        : flattenHeaders(headers.constant),
    timeout: Number(config.timeout || config.http?.timeout || DEFAULT_TIMEOUT_S),
    probability: params.probability,
    condition: compileCondition(params.ifTrue, config.processor),
    captures,
    beforeAnyRequest,
    beforeRequest,
    afterResponse,
    onError: hooks.onError,
    needsDraft: hookCount > 0 || hasRareParts(params) || defaultCookie !== undefined,
    needsBody: afterResponse.length > 0 || captures?.needsBody === true,
    decompress,
    traceparent,
    labels: meter.labels(journeyName, name ?? `${method} ${String(written)}`),
    endpoint: resources.endpoints?.groupsDynamicUrls ? resources.endpoints.nameOf(url ?? '', name) : undefined,
    defaultCookie,
  };
}

/** Parts that are written out as a draft even without hooks; most requests have none of them. */
function hasRareParts({ url, uri, qs, cookie, auth, followRedirect }: StepSpec): boolean {
  return [url && uri, qs, cookie, auth, followRedirect].some((part) => part !== undefined);
}

function hasBody({ json, body, form, formData }: StepSpec): boolean {
  return [json, body, form, formData].some((part) => part !== undefined);
}

/** Puts the target in front of a path. */
export function absolute(url: string, target: string | undefined): string {
  return url.startsWith('/') ? `${target ?? ''}${url}` : url;
}
