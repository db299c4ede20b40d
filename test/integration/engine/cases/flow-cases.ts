import type { EngineCase, Spec } from '../engine-case.ts';

const visit = (query: string, more: Spec = {}): Spec => ({ get: { url: `/echo?${query}`, ...more } });

/** Steps that lead through a scenario: conditions, loops, branches, pauses. */
export const FLOW_CASES: readonly EngineCase[] = [
  { claim: 'steps run one after the other', flow: [visit('1'), visit('2'), visit('3')] },
  { claim: 'a scenario without steps', flow: [] },
  {
    claim: 'ifTrue decides by an expression over the variables',
    users: [{ n: 5, role: 'admin', yes: true }],
    flow: [
      'n > 3',
      'n > 5',
      'n == 5',
      'yes',
      'not yes',
      'role == "admin"',
      'missing',
      'n in (4, 5)',
      'n > 1 and n < 9',
    ].map((ifTrue, index) => visit(String(index), { ifTrue })),
  },
  {
    claim: 'ifTrue decides by a function of the processor',
    users: [{ role: 'admin' }, { role: 'guest' }],
    flow: [visit('a', { ifTrue: 'isAdmin' }), visit('b')],
  },
  {
    claim: 'an expression that cannot be read, or a function that throws, counts as true',
    flow: [visit('a', { ifTrue: '((' }), visit('b', { ifTrue: 'throwsInCondition' }), visit('c', { ifTrue: true })],
  },
  { claim: 'ifTrue: false', flow: [visit('a', { ifTrue: false }), visit('b')] },
  { claim: 'an ifTrue that is a template', users: [{ x: 1 }], flow: [visit('a', { ifTrue: '{{ x }}' }), visit('b')] },
  {
    claim: 'probability 0 never sends, and a text is read as a number',
    flow: [
      visit('a', { probability: 0 }),
      visit('b', { probability: '0' }),
      visit('c', { probability: 'abc' }),
      visit('d', { probability: -5 }),
      visit('e'),
    ],
  },
  { claim: 'a loop with count', flow: [{ loop: [visit('n={{ $loopCount }}&e={{ $loopElement }}')], count: 3 }] },
  {
    claim: 'a loop with a count from a variable',
    users: [{ times: 2 }],
    flow: [{ loop: [visit('{{ $loopCount }}')], count: '{{ times }}' }],
  },
  { claim: 'a loop with a range', flow: [{ loop: [visit('{{ $loopCount }}')], count: '2-5' }] },
  {
    claim: 'a loop with a count that is text, or no number',
    flow: [{ loop: [visit('{{ $loopCount }}')], count: '2' }, { loop: [visit('never')], count: 'abc' }, visit('end')],
  },
  {
    claim: 'a loop over a list in the file',
    flow: [{ loop: [visit('{{ $loopElement }}&{{ $loopCount }}')], over: ['a', 'b', 3] }],
  },
  {
    claim: 'a loop over a list of objects',
    flow: [{ loop: [visit('{{ $loopElement.id }}')], over: [{ id: 1 }, { id: 2 }] }],
  },
  {
    claim: 'a loop over templates',
    users: [{ user: 'ann' }],
    flow: [{ loop: [visit('{{ $loopElement }}')], over: ['{{ user }}', 'b'] }],
  },
  {
    claim: 'a loop over a variable',
    users: [{ list: ['x', 'y'], deep: { list: [1, 2] } }],
    flow: [
      { loop: [visit('{{ $loopElement }}')], over: 'list' },
      { loop: [visit('{{ $loopElement }}')], over: 'deep.list' },
    ],
  },
  {
    claim: 'a loop over what was captured',
    flow: [
      { get: { url: '/json', capture: { json: '$.items[*].id', as: 'ids', multiple: false } } },
      { loop: [visit('{{ $loopElement }}')], over: 'ids' },
    ],
  },
  {
    claim: 'a loop over a list that is empty, or not there',
    users: [{ none: [] }],
    flow: [
      { loop: [visit('never')], over: 'none' },
      { loop: [visit('never')], over: 'missing' },
      { loop: [visit('never')], over: [] },
      visit('end'),
    ],
  },
  {
    claim: 'a loop over a list with count does not heed the count',
    flow: [{ loop: [visit('{{ $loopElement }}')], over: ['a', 'b', 'c'], count: 2 }],
  },
  {
    claim: 'a loop over a list with a range begins inside it',
    flow: [{ loop: [visit('{{ $loopElement }}')], over: ['a', 'b', 'c'], count: '1-3' }],
  },
  {
    claim: 'loopValue and loopElement name the variables',
    flow: [{ loop: [visit('{{ i }}&{{ it }}')], over: ['a', 'b'], loopValue: 'i', loopElement: 'it' }],
  },
  { claim: 'a loop while a function says so', flow: [{ loop: [visit('{{ $loopCount }}')], whileTrue: 'untilThree' }] },
  {
    claim: 'a loop while a function says so later, with a count that does not count',
    flow: [{ loop: [visit('{{ $loopCount }}')], count: 100, whileTrue: 'untilThreeLater' }],
  },
  {
    claim: 'a loop inside a loop',
    flow: [
      {
        loop: [{ loop: [visit('{{ outer }}.{{ inner }}')], count: 2, loopValue: 'inner' }],
        count: 2,
        loopValue: 'outer',
      },
    ],
  },
  {
    claim: 'a loop inside a loop with the same variables',
    flow: [{ loop: [{ loop: [visit('i{{ $loopCount }}')], count: 2 }, visit('o{{ $loopCount }}')], count: 2 }],
  },
  {
    claim: 'a loop of a loop over the element of the outer one',
    flow: [{ loop: [{ loop: [visit('{{ e }}')], over: '$loopElement', loopElement: 'e' }], over: [['a', 'b'], ['c']] }],
  },
  {
    claim: 'a failure inside a loop ends the user',
    errors: ['Failed capture or match'],
    flow: [
      { loop: [visit('{{ $loopCount }}'), { get: { url: '/json', match: { json: '$.id', value: 0 } } }], count: 3 },
      visit('never'),
    ],
  },
  {
    claim: 'a loop ends a user after a failure of its third round',
    errors: ['Failed capture or match'],
    flow: [
      { loop: [{ get: { url: '/echo?n={{ $loopCount }}', match: { json: '$.url', value: '/echo?n=0' } } }], count: 4 },
    ],
  },
  {
    claim: 'parallel sends everything',
    unordered: true,
    flow: [{ parallel: [visit('1'), visit('2'), { post: { url: '/echo', json: { a: 3 } } }] }, visit('end')],
  },
  {
    claim: 'parallel without a pool shares the one connection of the user',
    unordered: true,
    connections: true,
    flow: [{ parallel: [visit('1'), visit('2'), visit('3')] }],
  },
  {
    claim: 'parallel with a limit of one keeps the order',
    flow: [{ parallel: [visit('1'), visit('2'), visit('3')], limit: 1 }, visit('end')],
  },
  {
    claim: 'parallel with a limit of two and a loop inside',
    unordered: true,
    flow: [{ parallel: [{ loop: [visit('a')], count: 2 }, visit('b'), visit('c')], limit: 2 }],
  },
  {
    claim: 'parallel keeps the captures of all its branches',
    unordered: true,
    flow: [
      {
        parallel: [
          { get: { url: '/json', capture: { json: '$.id', as: 'a' } } },
          { get: { url: '/list', capture: { json: '$[0].id', as: 'b' } } },
        ],
      },
      visit('{{ a }}&{{ b }}'),
    ],
  },
  {
    claim: 'a failure inside parallel ends the user',
    errors: ['Failed capture or match'],
    unordered: true,
    flow: [
      { parallel: [{ get: { url: '/json', match: { json: '$.id', value: 0 } } }, { think: '100ms' }], limit: 5 },
      visit('never'),
    ],
  },
  { claim: 'an empty parallel and an empty loop', flow: [{ parallel: [] }, { loop: [], count: 2 }, visit('end')] },
  {
    claim: 'think waits: numbers in seconds, texts with units, templates',
    users: [{ pause: '5ms' }],
    flow: [
      { think: 0 },
      visit('a'),
      { think: '10ms' },
      visit('b'),
      { think: '0.01s' },
      visit('c'),
      { think: '{{ pause }}' },
      visit('d'),
    ],
  },
  {
    claim: 'think with jitter',
    flow: [{ think: '20ms', jitter: '50%' }, visit('a'), { think: '20 ms', jitter: '5ms' }, visit('b')],
  },
  {
    claim: 'think with the jitter of the defaults',
    config: { http: { defaults: { think: { jitter: '5ms' } } } },
    flow: [{ think: '10ms' }, visit('a')],
  },
  { claim: 'a think that cannot be read ends the user', patienceMs: 300, flow: [{ think: 'soon' }, visit('never')] },
  {
    claim: 'log writes a line with its templates filled in',
    users: [{ user: 'ann' }],
    flow: [{ log: 'user is {{ user }}' }, { log: '{{ user }}' }, { log: 'plain' }, { log: '' }, visit('end')],
  },
  { claim: 'log of an object', flow: [{ log: { a: 1 } }, { log: 5 }, visit('end')] },
  {
    claim: 'function calls a function of the processor',
    users: [{ user: 'x' }],
    flow: [
      { function: 'logStep' },
      { function: 'logStepAsync' },
      { function: 'setList' },
      { loop: [visit('{{ $loopElement }}')], over: 'list' },
      { function: 'nameUser' },
      visit('{{ user }}'),
    ],
  },
  {
    claim: 'a function that is not there counts an error and the user goes on',
    errors: ['Undefined function "nowhere"'],
    flow: [{ function: 'nowhere' }, visit('end')],
  },
  {
    claim: 'a function that fails ends the user',
    errors: ['hook failed'],
    flow: [{ function: 'fail' }, visit('never')],
  },
  {
    claim: 'the code of an error is its name',
    errors: ['EHOOK'],
    flow: [{ function: 'failWithCode' }, visit('never')],
  },
  {
    claim: 'a function that throws ends the user',
    errors: ['hook threw'],
    flow: [visit('a'), { function: 'failThrowing' }, visit('never')],
  },
  {
    claim: 'a function that rejects ends the user',
    errors: ['hook rejected'],
    flow: [visit('a'), { function: 'failRejecting' }, visit('never')],
  },
  { claim: 'a function that fails with a text', flow: [{ function: 'failWithText' }, visit('never')] },
  { claim: 'a function that is text', patienceMs: 300, flow: [{ function: 'notAFunction' }, visit('never')] },
  {
    claim: 'a function that never ends hangs the user',
    patienceMs: 150,
    flow: [{ function: 'neverDone' }, visit('never')],
  },
  { claim: 'a function emits metrics', flow: [{ function: 'emitInStep' }] },
  {
    claim: 'steps in lists of lists are not flattened by an engine',
    flow: [{ loop: [visit('a'), visit('b')], count: 1 }],
  },
  {
    claim: 'several users do not share variables',
    users: [{ user: 'ann' }, { user: 'bob' }],
    flow: [{ get: { url: '/json', capture: { json: '$.id', as: '{{ user }}' } } }, visit('{{ user }}')],
  },
  {
    claim: 'users at once keep their own order',
    together: true,
    unordered: true,
    users: [{ user: 'ann' }, { user: 'bob' }, { user: 'eve' }],
    flow: [
      visit('{{ user }}-1'),
      { think: '5ms' },
      visit('{{ user }}-2'),
      { loop: [visit('{{ user }}-{{ $loopCount }}')], count: 2 },
    ],
  },
];
