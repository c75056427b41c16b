// Tests run as ES modules, compiled by SWC; types are checked by `npm run types`. Properties draw the same cases each time, and
// with FC_NUM_RUNS (`npm run properties`) new ones, that often.
const manyRuns = process.env.FC_NUM_RUNS !== undefined

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/apps/lender-web/dist'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^#libs/(.*)$': '<rootDir>/libs/$1/src/index.ts',
    '^#primitives$': '<rootDir>/libs/record/src/primitives.node.ts',
    '^fast-check$': '<rootDir>/test/properties/fast-check.js',
    '^(\\.{1,2}/(?!.*node_modules/).*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
        },
        module: { type: 'es6' },
      },
    ],
  },
  testTimeout: manyRuns ? 4 * 3_600_000 : 30_000,
}
