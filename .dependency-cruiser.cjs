// The allowed arrows, and what pure files may import. ARCHITECTURE.md shows the same picture; this file is the one that is checked.

/** Layers from the bottom up: a lib may import libs of the rows before its own, and what its own row names. */
const layers = [
  ['record', 'money'],
  ['fold'],
  ['messages'],
  ['csv'],
  ['access'],
  ['store'],
  ['ledger'],
  ['network'],
  ['profiles'],
  ['attestations'],
  ['accounts', 'offers'],
  ['requests'],
  ['loans'],
  ['guarantees', 'collateral'],
  ['payees', 'payments'],
  ['disputes', 'notes'],
  ['reports'],
  ['rules'],
  ['swarm'],
  ['replication'],
  ['simulator'],
  ['node-client'],
  ['lab'],
]
/** Inside a lib these files talk to the world; all others are pure. */
const shell = String.raw`(\.(service|controller|module|table|duty|shell|guard|pipe|decorator|dto|spec|e2e)\.ts$|/(migrations|shell|testing)/|/index\.ts$|primitives\.node\.ts$|\.browser\.ts$)`
const pureLibs =
  'record|money|fold|csv|ledger|network|profiles|attestations|offers|requests|loans|guarantees|collateral|payees|payments|notes|disputes|reports|rules|simulator'

const upward = layers.flatMap((names, row) =>
  names.map((name) => ({
    name: `no-arrow-up-from-${name}`,
    comment: `libs/${name} may only import libs below it`,
    severity: 'error',
    from: { path: `^libs/${name}/`, pathNot: String.raw`\.(spec|e2e)\.ts$|/testing/` },
    to: {
      path: '^libs/',
      pathNot: [name, ...layers.slice(0, row).flat()].map((below) => `^libs/${below}/`),
    },
  })),
)

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-circle',
      comment: 'a circle has no bottom to start reading from',
      severity: 'error',
      from: { pathNot: 'node_modules' },
      to: { circular: true, viaOnly: { pathNot: 'node_modules' } },
    },
    {
      name: 'libs-by-the-front-door',
      comment: 'another lib is imported by its index; its test fixtures by their file',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/(index\\.ts$|testing/)', '^$1/$2/'] },
    },
    {
      name: 'no-apps-below',
      comment: 'apps are on top',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'pure-files-are-pure',
      comment: 'rules take no framework, no clock, no disk and no socket',
      severity: 'error',
      from: { path: `^libs/(${pureLibs})/src/|^libs/replication/src/protocol/`, pathNot: shell },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'],
        pathNot: String.raw`node_modules/(ajv|@noble|multiformats|compact-encoding|temporal-polyfill)/`,
      },
    },
    {
      name: 'no-orphans',
      comment: 'a file that nothing imports is not needed',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(libs|apps)/',
        pathNot: String.raw`\.(spec|e2e|d)\.ts$|/main\.ts$|^apps/lender-web/public/`,
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|apps/lender-web/dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
