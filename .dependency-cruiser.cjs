// Which folder may import which: docs/adr and the tree in CONTRIBUTING.md say why.

const LAYERS = ['stats', 'workload', 'record', 'gate', 'diagnose', 'report', 'cli'];

/** Each layer of src/ imports only itself and layers before it. */
const layerRules = LAYERS.map((layer, index) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} imports only what comes before it in: ${LAYERS.join(', ')}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: `^src/(${LAYERS.slice(index + 1).join('|') || 'nothing-comes-after'})/` },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'pure',
      comment: 'stats, gate and diagnose never touch disk, network or process: these come in as arguments',
      severity: 'error',
      from: { path: '^src/(stats|gate|diagnose)/', pathNot: '\\.test\\.ts$' },
      // A hash is as pure as a sum.
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'base-is-lowest',
      comment: 'the modules directly in src/ are used by all layers and use none',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$' },
      to: { path: '^src/[^/]+/' },
    },
    {
      name: 'platform-stands-alone',
      comment: 'the reference platform is a stranger: it knows nothing of the tool that tests it',
      severity: 'error',
      from: { path: '^fixtures/platform/' },
      to: { path: '^(src|plugins|processors|test)/' },
    },
    {
      name: 'stranger-is-none-of-us',
      comment: 'a service of somebody else: it shares no code with anything here',
      severity: 'error',
      from: { path: '^fixtures/stranger/' },
      to: { path: '^(src|plugins|processors|scripts|test|fixtures/platform)/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '(\\.test\\.ts$|^test/)' },
      to: { path: '(\\.test\\.ts$|^test/)' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.data|node_modules/(?!proving-ground|artillery-plugin-(verdict|reference)))(/|$)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
