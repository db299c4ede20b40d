import type { ProcessorFunction } from '../artillery.ts';
import { callFunction, callInTurn } from '../journey/call-function.ts';
import type { Strand } from '../journey/strand.ts';
import { applyCaptures, LanguageFault, renderTemplate } from '../language/index.ts';
import { type EndpointNames, serverTimingTotal } from '../meter/endpoint-metrics.ts';
import { Exchange, type Receiver } from '../transport/exchange.ts';
import type { WireRequest } from '../transport/wire-request.ts';
import { type Answer, answerOf } from './answer.ts';
import { createDraft, type Draft } from './draft.ts';
import { runErrorHooks } from './error-hooks.ts';
import { firstHeader, withHeader } from './headers.ts';
import { finishDraft, plainRequest, type ReadyRequest } from './ready-request.ts';
import { isRedirect, MAX_REDIRECTS, nextHop } from './redirect.ts';
import type { RequestPlan } from './request-plan.ts';

/** One request of one user: its hooks, its hops from redirect to redirect, and what becomes of the answer. */
export class RequestRun implements Receiver {
  readonly #plan: RequestPlan;
  readonly #strand: Strand;
  #draft: Draft | undefined = undefined;
  #ready: ReadyRequest | undefined = undefined;
  #endpoint: EndpointNames | undefined = undefined;
  #hops = 0;

  constructor(plan: RequestPlan, strand: Strand) {
    this.#plan = plan;
    this.#strand = strand;
  }

  /** Goes on by itself, and resumes the strand at its end. */
  begin(): void {
    const plan = this.#plan;
    const { user } = this.#strand;
    if (!plan.needsDraft) {
      this.#endpoint = plan.endpoint;
      this.#orFail(() => this.#send(plainRequest(plan, user), this.#strand.readyAt));
      return;
    }
    const draft = createDraft(plan.params, plan.method, plan.url ?? '', plan.timeout);
    this.#draft = draft;
    this.#runHooks(plan.beforeAnyRequest, [draft], (error) => {
      if (error !== undefined) {
        this.#strand.resume(error);
        return;
      }
      // By the URL as it is now: a hook of the request itself may fill it in.
      this.#nameEndpoint(String(draft.url), draft.name, true);
      this.#runHooks(plan.beforeRequest, [draft], (failure) => {
        if (failure === undefined) this.#strand.whenDue(() => this.#sendDraft(draft));
        else this.#strand.resume(failure);
      });
    });
  }

  ended(exchange: Exchange): void {
    const { context, resources } = this.#strand.user;
    resources.meter.ended(exchange, this.#plan.labels);
    if (exchange.error !== undefined) {
      this.#failed(exchange.error);
      return;
    }
    context._successCount = Number(context._successCount) + 1;
    this.#orFail(() => {
      this.#keepCookies(exchange);
      if (this.#follow(exchange)) return;
      this.#answered(exchange);
    });
  }

  #sendDraft(draft: Draft): void {
    this.#orFail(() => {
      const { user } = this.#strand;
      const element = user.context.vars.$loopElement;
      if (element !== undefined) user.context.vars.$loopElement = renderTemplate(element, user.context);
      this.#send(finishDraft(draft, this.#plan, user), this.#strand.readyAt);
    });
  }

  #send(ready: ReadyRequest, dueAt: number): void {
    const { user } = this.#strand;
    if (this.#ready === undefined) {
      const name = this.#draft?.name ?? renderTemplate(this.#plan.name, user.context);
      this.#nameEndpoint(ready.url, name, false);
    }
    this.#ready = ready;
    const exchange = new Exchange(ready, this, this.#plan.needsBody, dueAt, performance.now());
    user.resources.meter.began(exchange);
    this.#trace('request', this.#draft);
    user.access.send(exchange);
  }

  /** @param isWritten whether URL and name are as written, or filled in. */
  #nameEndpoint(url: string, name: unknown, isWritten: boolean): void {
    const { endpoints } = this.#strand.user.resources;
    if (endpoints?.groupsDynamicUrls !== isWritten) return;
    this.#endpoint = endpoints.nameOf(url, name === undefined ? undefined : String(name));
  }

  #failed(error: Error & { readonly code?: string }): void {
    const { context, resources } = this.#strand.user;
    const { config, events, meter } = resources;
    if (this.#endpoint !== undefined) meter.count(this.#endpoint.errors(error.code ?? error.name));
    this.#trace('error', error);
    if (this.#plan.onError.length === 0) {
      this.#strand.resume(error);
      return;
    }
    const request = this.#draft ?? this.#draftAfterwards();
    runErrorHooks(this.#plan.onError, config, [error, request, context, events], () => this.#strand.resume(error));
  }

  /** Requests that no hook sees have no draft until something goes wrong. */
  #draftAfterwards(): Draft {
    const { params, method, url = '', timeout } = this.#plan;
    const draft = createDraft(params, method, url, timeout);
    try {
      finishDraft(draft, this.#plan, this.#strand.user);
    } catch {
      // What keeps it from being finished is what has gone wrong.
    }
    return draft;
  }

  #keepCookies(exchange: Exchange): void {
    const { user } = this.#strand;
    const cookies = exchange.headers['set-cookie'];
    if (cookies === undefined) return;
    user.sendsCookies = true;
    for (const cookie of [cookies].flat()) {
      try {
        user.jar.setCookieSync(cookie, this.#ready?.url ?? '');
      } catch {
        user.resources.events.emit('error', 'cookie_parse_error_invalid_cookie');
      }
    }
  }

  /** @returns whether the answer leads elsewhere. */
  #follow(exchange: Exchange): boolean {
    const from = this.#ready;
    if (from === undefined || !from.followRedirect || !isRedirect(exchange.status)) return false;
    const location = firstHeader(exchange.headers, 'location');
    if (location === undefined) return false;
    this.#hops += 1;
    const most = Number((this.#draft ?? this.#plan.params).maxRedirects ?? MAX_REDIRECTS);
    if (this.#hops > most) {
      const error = new Error(`Redirected ${most} times. Aborting.`);
      this.#failed(Object.assign(error, { code: 'ERR_TOO_MANY_REDIRECTS' }));
      return true;
    }
    this.#send(this.#nextRequest(from, exchange.status, location), exchange.endedAt);
    return true;
  }

  #nextRequest(from: ReadyRequest, status: number, location: string): ReadyRequest {
    const { user } = this.#strand;
    const hop = nextHop(from, status, location);
    const sendsCookies = from.sendsCookies || user.sendsCookies;
    const cookie = sendsCookies ? user.jar.getCookieStringSync(hop.url) : '';
    const request: WireRequest = {
      ...user.resources.addresses.find(hop.url),
      method: hop.method,
      headers: cookie === '' ? hop.headers : withHeader(hop.headers, 'cookie', cookie),
      body: hop.body,
      timeoutMs: from.timeoutMs,
    };
    return { ...request, url: hop.url, followRedirect: true, sendsCookies };
  }

  #answered(exchange: Exchange): void {
    this.#measureEndpoint(exchange);
    const plan = this.#plan;
    if (plan.captures === undefined && plan.afterResponse.length === 0) {
      this.#finish();
      return;
    }
    const { origin, path } = exchange.request;
    const answer = answerOf(exchange, `${origin.url.origin}${path}`, plan.decompress);
    this.#trace('response', answer);
    const isAsExpected = this.#capture(answer);
    this.#runHooks(plan.afterResponse, [this.#draft, answer], (error) => {
      const failure = error ?? (isAsExpected ? undefined : new Error('Failed capture or match'));
      if (failure !== undefined) this.#strand.user.resources.meter.rejected(failure, exchange, plan.labels);
      this.#finish(failure);
    });
  }

  #measureEndpoint({ status, sentAt, answeredAt, headers }: Exchange): void {
    if (this.#endpoint === undefined) return;
    const { meter } = this.#strand.user.resources;
    meter.count(this.#endpoint.codes(status));
    meter.observe(this.#endpoint.responseTime, answeredAt - sentAt);
    const timing = firstHeader(headers, 'server-timing');
    if (timing !== undefined) meter.observe(this.#endpoint.serverTiming, serverTimingTotal(timing));
  }

  /** @returns false: a capture or a match failed that the journey depends on; then nothing is kept. */
  #capture(answer: Answer): boolean {
    const { captures } = this.#plan;
    const { user } = this.#strand;
    if (captures === undefined) return true;
    const { config, events } = user.resources;
    const isStrict = config.http?.defaults?.strictCapture !== false && config.defaults?.strictCapture !== false;
    const outcome = captures.read(answer, user.context, isStrict, user.random);
    this.#trace('capture', outcome);
    if (outcome.failed) return false;
    for (const { success, expected, got, expression, strict } of Object.values(outcome.matches)) {
      events.emit('match', success, { expected, got, expression, strict });
    }
    applyCaptures(outcome, user.context.vars);
    return true;
  }

  /** Runs hooks of the processor. The time that they wait for something is the user's own, and not lateness. */
  #runHooks(names: readonly string[], values: readonly unknown[], done: (error?: unknown) => void): void {
    if (names.length === 0) {
      done();
      return;
    }
    const startedAt = performance.now();
    let isLater = false;
    callInTurn(
      names,
      (name, next) => this.#runHook(name, values, next),
      (error) => {
        const { turns } = this.#strand.user.resources;
        if (isLater) this.#strand.readyAt = turns.after(this.#strand.readyAt, performance.now() - startedAt);
        done(error);
      },
    );
    isLater = true;
  }

  #runHook(written: string, values: readonly unknown[], next: (error?: unknown) => void): void {
    const { context, resources } = this.#strand.user;
    const name = String(renderTemplate(written, context));
    const call: ProcessorFunction | undefined = resources.config.processor?.[name];
    if (call === undefined) {
      resources.events.emit('error', `Undefined function "${name}"`);
      next();
    } else callFunction(call, [...values, context, resources.events], next);
  }

  #finish(error?: unknown): void {
    this.#strand.readyAt = performance.now();
    this.#strand.resume(error);
  }

  /** For plugins that trace; nobody else listens. */
  #trace(what: string, value: unknown): void {
    const { events } = this.#strand.user.resources;
    const name = `trace:http:${what}`;
    if (events.listenerCount?.(name)) events.emit(name, value, this.#draft?.uuid);
  }

  /**
   * Whatever is thrown on the way is the end of this user's journey, and of nobody else's. What the client of Artillery's
   * engine refuses, a URL or a body, is told to `onError` as well.
   */
  #orFail(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      if (isRefusal(thrown)) this.#failed(thrown);
      else this.#strand.resume(thrown);
    }
  }
}

const REFUSED_URLS = new Set(['ERR_INVALID_URL', 'ERR_UNSUPPORTED_PROTOCOL']);

function isRefusal(thrown: unknown): thrown is Error & { readonly code?: string } {
  if (!(thrown instanceof Error)) return false;
  if (thrown instanceof LanguageFault) return thrown.kind === 'body' || thrown.kind === 'header-null';
  return REFUSED_URLS.has(String((thrown as { readonly code?: unknown }).code));
}
