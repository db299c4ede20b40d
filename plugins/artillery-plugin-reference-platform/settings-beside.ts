import { parseSettings, SettingsError } from 'reference-platform/src/settings.ts';
import type { PublishedSettings } from './probe.ts';

/** A setting that a platform has otherwise than a test wants it. */
export interface Difference {
  readonly name: string;
  /** Both '' for a switch that is off. */
  readonly has: string;
  readonly wants: string;
}

/** The settings of a test beside those of a platform that runs already. */
export interface SettingsBeside {
  readonly differences: readonly Difference[];
  /** Settings of the test of which the platform does not tell what it has. */
  readonly unknown: readonly string[];
}

/** How a platform logs and where its data lies changes nothing that a test measures. */
const HARMLESS: ReadonlySet<string> = new Set(['LOG_LEVEL', 'PLATFORM_DATA']);

/**
 * Compares them as the platform reads them: `Search=1.10` is `Search=1.1`, and an empty text the default.
 *
 * @param wanted by the test. @param has undefined: the platform does not tell.
 * @returns a text for people instead, if the test wants what no platform can have.
 */
export function settingsBeside(
  wanted: Readonly<Record<string, string>>,
  has: PublishedSettings | undefined,
): SettingsBeside | string {
  const wants = published(wanted);
  if (typeof wants === 'string') return wants;
  const names = Object.keys(wanted).filter((name) => !HARMLESS.has(name));
  const pairs = names.map((name) => ({ name, has: has?.[name], wants: wants[name] }));
  return {
    differences: pairs.flatMap(({ name, ...both }) =>
      both.has === undefined || both.wants === undefined || both.has === both.wants
        ? []
        : [{ name, has: both.has, wants: both.wants }],
    ),
    unknown: pairs.flatMap((pair) => (pair.has === undefined || pair.wants === undefined ? [pair.name] : [])),
  };
}

function published(wanted: Readonly<Record<string, string>>): PublishedSettings | string {
  try {
    return parseSettings(wanted).published;
  } catch (thrown) {
    if (thrown instanceof SettingsError) return thrown.message.replaceAll('\n', '; ');
    throw thrown;
  }
}
