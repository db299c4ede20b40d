export { checkWithoutSecrets } from './check-without-secrets.ts';
export { formatGithub } from './github-format.ts';
export { checkRules } from './rule-check.ts';
export { formatFinding } from './text-format.ts';
