/** The types of hooks as Artillery publishes them, and the one it leaves open. */
export type { HttpResponse, VUContext, VUEvents } from 'artillery';

/**
 * A request on its way through the hooks. Artillery hands the same object to `beforeRequest` and `afterResponse`; what
 * a hook writes into it is sent.
 */
export type RequestParams = Record<string, unknown>;
