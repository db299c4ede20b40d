import type { FileReport } from './text-format.ts';

/** Everything that was found, for programs. The form is stable: fields are added, not changed. */
export function formatJson(files: readonly FileReport[]): string {
  const findings = files.flatMap((file) => file.findings);
  const report = {
    version: 1,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    files: files.map(({ path, kind, findings: found }) => ({
      path,
      kind,
      findings: found.map(({ position, endColumn, line, mark: _mark, ...rest }) => ({
        ...rest,
        ...position,
        endColumn,
        source: line,
      })),
    })),
  };
  return JSON.stringify(report, null, 2);
}
