/**
 * What a run or a command answers to the shell. One table for the whole project; the README prints it.
 * 130 and 143 are the shell's own convention, 128 + signal number.
 */
export const EXIT_CODES = {
  passed: 0,
  failed: 1,
  configuration: 2,
  regressed: 3,
  notValid: 4,
  inconclusive: 5,
  stoppedByRule: 6,
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const;

/** A number of the table of exit codes. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** Of what a signal has ended. */
export function exitCodeOfSignal(signal: 'SIGINT' | 'SIGTERM'): ExitCode {
  return signal === 'SIGINT' ? EXIT_CODES.interrupted : EXIT_CODES.terminated;
}
