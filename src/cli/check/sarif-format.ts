import { isAbsolute, relative } from 'node:path';
import { FAULTS, type FaultId, type Finding } from '../../workload/check/index.ts';
import type { FileReport } from './text-format.ts';

/** Everything that was found as SARIF 2.1.0 (OASIS), which code hosts and editors read. */
export function formatSarif(files: readonly FileReport[]): string {
  const findings = files.flatMap((file) => file.findings);
  const ids = [...new Set(findings.map(({ code }) => code))].toSorted();
  const log = {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'proving-ground check', rules: ids.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, ids)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function ruleOf(id: FaultId) {
  const { severity, title, consequence, remedy } = FAULTS[id];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${consequence}` },
    help: { text: `${remedy} docs/faults.md has an example.` },
    defaultConfiguration: { level: severity },
  };
}

function resultOf(
  { code, severity, message, suggestion, hint, position, endColumn, line }: Finding,
  ids: readonly FaultId[],
) {
  const meant = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  return {
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: severity,
    message: { text: [`${message}${meant}`, ...(hint === undefined ? [] : [hint])].join('\n') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(position.file) },
          region: {
            startLine: position.line,
            startColumn: position.column,
            endColumn: Math.max(endColumn, position.column),
            ...(line === '' ? {} : { snippet: { text: line } }),
          },
        },
      },
    ],
  };
}

/** Relative to the working directory, as code hosts want it, with slashes and percent signs as URIs have them. */
function uriOf(file: string): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file;
  return path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
