import tseslint from 'typescript-eslint';
import angular from 'angular-eslint';
import { bannedPackages, floatCalls, impureInDomain } from './tools/architecture/layers.mjs';

const restrict = ({ only, never, why }) => ({
  'no-restricted-imports': ['error', { patterns: [only
    ? { regex: `^(?!\\.)(?!(${only.map((name) => name.replace(/[.\\/]/g, '\\$&')).join('|')})(/|$)).+`, message: why }
    : { group: never, message: why }] }],
});
const clockAndFloats = { 'no-restricted-syntax': ['error', ...impureInDomain, ...floatCalls] };

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', '.nx/**', '.angular/**', 'coverage/**', 'e2e/output/**', 'tools/architecture/trespass/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      'no-restricted-syntax': ['error', ...floatCalls],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
    },
  },
  // Nest reads constructor types at run time, so a class used only as a type must stay a real import there.
  { files: ['apps/api/**/*.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off', ...restrict(bannedPackages.api) } },
  { files: ['libs/domain/src/**/*.ts'], ignores: ['**/*.spec.ts'], rules: { ...restrict(bannedPackages.domain), ...clockAndFloats, 'no-console': 'error' } },
  { files: ['libs/contract/src/**/*.ts'], ignores: ['**/*.spec.ts'], rules: restrict(bannedPackages.contract) },
  { files: ['apps/web/**/*.ts'], ignores: ['**/*.spec.ts'], extends: [...angular.configs.tsRecommended], processor: angular.processInlineTemplates, rules: {
    ...restrict(bannedPackages.web), '@typescript-eslint/consistent-type-imports': 'off',
    '@angular-eslint/component-class-suffix': 'off', '@angular-eslint/directive-class-suffix': 'off',
  } },
  { files: ['apps/web/**/*.html'], extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility] },
);
