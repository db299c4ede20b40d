import type { Random } from '../../../src/stats/random.ts';
import type { Spec } from './engine-case.ts';
import type { Place } from './place.ts';

interface Target {
  readonly url: string;
  /** Captures that find something in the answer, besides `as`. */
  readonly captures?: readonly Spec[];
  readonly matches?: readonly Spec[];
}

const JSON_TARGET: Omit<Target, 'url'> = {
  captures: [
    { json: '$.id' },
    { json: '$.nested' },
    { json: '$.items[1].id' },
    { json: '$.items[*].id', multiple: false },
    { regexp: '"name":"(\\w+)"', group: 1 },
    { header: 'content-type' },
  ],
  matches: [
    { json: '$.id', value: 7 },
    { json: '$.name', value: 'report' },
    { header: 'content-type', value: 'application/json; charset=utf-8' },
  ],
};

const TARGETS: readonly Target[] = [
  { url: '/echo' },
  { url: '/echo?x={{ user }}' },
  { url: '/echo/{{ id }}/{{ place.city }}?m={{ missing }}' },
  { url: '{{ target }}/echo?absolute' },
  { url: '<other>/echo' },
  { url: '/json', ...JSON_TARGET },
  { url: '/json?again', ...JSON_TARGET },
  { url: '/packed/gzip', captures: [{ json: '$.nested.deep.value' }], matches: [{ json: '$.id', value: 7 }] },
  { url: '/packed/br', captures: [{ json: '$.items' }] },
  {
    url: '/text',
    captures: [
      { regexp: 'order (?<n>\\d+)', group: 'n' },
      { regexp: 'OF', flags: 'i' },
    ],
  },
  {
    url: '/html',
    captures: [
      { selector: 'li.row', attr: 'data-id', index: 'last' },
      { selector: 'input', attr: 'value' },
    ],
  },
  { url: '/headers?x-token=t-{{ id }}', captures: [{ header: 'x-token' }] },
  { url: '/empty' },
  { url: '/big?bytes=20000', captures: [{ regexp: 'x{3}' }] },
  { url: '/slow-head?ms=4' },
  { url: '/status/201' },
  { url: '/status/204' },
  { url: '/status/404' },
  { url: '/status/503' },
  { url: '/hops/2' },
  { url: '/redirect/301?to=%2Fecho' },
  { url: '/redirect/302?to=%2Fecho%3Fa%3Db' },
  { url: '/redirect/303?to=%2Fecho' },
  { url: '/redirect/307?to=%2Fecho' },
  { url: '/redirect/308?to=%2Fecho' },
];

/** Targets whose effects reach the requests after them. */
const STATEFUL: readonly Target[] = [
  { url: '/set-cookies?cookie=a%3D{{ id }}' },
  { url: '/set-cookies?cookie=b%3D2%3B%20Path%3D%2Fecho&cookie=c%3D3' },
  { url: '/set-cookies?cookie=a%3D%3B%20Max-Age%3D0' },
];

/** Makes a request step that both engines can send. */
export function generateRequest(place: Place): Spec {
  const { random, isParallel } = place;
  const target = random.pick(!isParallel && random.chance(0.12) ? STATEFUL : TARGETS);
  const verb = random.pick(['get', 'get', 'get', 'post', 'post', 'put', 'patch', 'delete', 'head', 'options']);
  const params = {
    url: target.url,
    ...(['get', 'head', 'options'].includes(verb) ? {} : generateBody(random, /redirect|hops/.test(target.url))),
    ...generateParts(place, target),
    ...(verb === 'head' ? {} : generateChecks(place, target)),
  };
  return { [verb]: params };
}

function generateBody(random: Random, isRedirected: boolean): Spec {
  const bodies: readonly Spec[] = [
    {},
    {
      json: { user: '{{ user }}', id: '{{ id }}', list: '{{ list }}', deep: [{ city: '{{ place.city }}' }, null, 1.5] },
    },
    { json: ['{{ id }}', 'x{{ id }}'] },
    { form: { user: '{{ user }}', n: 5, text: 'a b&c' } },
    { body: 'text of {{ user }} and {{ missing }}' },
    { body: 'plain', headers: { 'content-type': 'text/plain' } },
  ];
  const multipart: Spec = { formData: { user: 'u{{ user }}', file: { fromFile: 'certificates/authority.pem' } } };
  // Artillery's engine never ends where multipart is redirected.
  return random.pick(isRedirected ? bodies : [...bodies, multipart]);
}

function generateParts({ random, isParallel, known }: Place, { url }: Target): Spec {
  const variable = random.pick(known);
  const maybe = (probability: number, part: Spec): Spec => (random.chance(probability) ? part : {});
  return {
    ...maybe(0.25, { name: `request of {{ ${variable} }}` }),
    // It would take the place of the query that says where a redirect leads.
    ...maybe(url.includes('?') ? 0 : 0.2, { qs: { q: `{{ ${variable} }}`, n: 1, flag: true } }),
    ...maybe(0.2, { headers: { 'X-Request': 'of {{ id }}', 'x-other': 'step', Accept: 'text/*' } }),
    ...maybe(0.08, { auth: { user: 'ann', pass: 'of {{ id }}' } }),
    ...maybe(isParallel ? 0 : 0.08, { cookie: { step: '{{ id }}' } }),
    ...maybe(0.08, { gzip: random.chance(0.5) }),
    ...maybe(0.08, { followRedirect: random.chance(0.5) }),
    ...maybe(0.12, { ifTrue: random.pick(['id > 1', 'user == "ann"', 'isAdmin', 'missing', 'not (id == 2)']) }),
    ...maybe(0.05, { probability: 0 }),
    ...maybe(0.15, {
      beforeRequest: random.pick(['setHeader', 'setVariable', 'logRequest', 'logRequestAsync', 'setName']),
    }),
    ...maybe(0.15, { afterResponse: random.pick(['logResponse', 'logResponseAsync', 'emitMetrics']) }),
  };
}

function generateChecks({ random, fresh, known, isParallel }: Place, { captures = [], matches = [] }: Target): Spec {
  const checks: Record<string, unknown> = {};
  if (captures.length > 0 && random.chance(0.6)) {
    const as = fresh();
    const one = { ...random.pick(captures), as };
    // A branch that runs at the same time cannot rely on it.
    if (!isParallel) known.push(as);
    checks.capture = random.chance(0.5) ? one : [one, { header: 'x-none', as: fresh(), strict: false }];
  }
  if (matches.length > 0 && random.chance(0.3)) checks.match = random.pick(matches);
  if (!isParallel && random.chance(0.03))
    checks.capture = { json: '$.missing', as: fresh(), strict: random.chance(0.7) };
  return checks;
}
