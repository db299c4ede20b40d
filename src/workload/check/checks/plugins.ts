import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../../schema/closest.ts';
import { type Cursor, isPresent, oneOrMoreAt, textAt } from '../cursor.ts';
import { atKey, atValue, type Finding } from '../finding.ts';
import { allSteps, headValue, labelOf } from '../journey.ts';
import { loadFault, type PackageKind } from '../loading/load-fault.ts';
import {
  BUILT_IN_ENGINES,
  type FoundPackage,
  findPackages,
  KNOWN_ENGINES,
  KNOWN_PLUGINS,
  type PackageFinder,
} from '../packages.ts';
import { requestOf } from '../request-of.ts';
import type { TestModel } from '../test-model.ts';

/** Whether plugins and engines are installed, and those are there that the test needs. */
export function checkPackages(test: TestModel): Finding[] {
  const folders = [process.cwd(), dirname(test.source.absolutePath), dirname(fileURLToPath(import.meta.url))];
  const packages = findPackages(folders, test.options.env ?? process.env, test.options.installed);
  return [
    ...(packages === undefined
      ? []
      : [
          ...missingPlugins(test, packages),
          ...missingEngines(test, packages),
          ...brokenPackages(test, packages),
          ...xpaths(test, packages),
        ]),
    ...unknownEngines(test),
    ...idleSettings(test),
    ...idleExpectations(test),
  ];
}

function missingPlugins({ views }: TestModel, packages: PackageFinder): Finding[] {
  return views.flatMap(({ config }) => {
    const plugins = config.at('plugins');
    const missing = plugins.keys().filter((name) => packages.plugin(name, plugins.at(name), config) === undefined);
    return missing.map((name) => {
      const suggestion = didYouMean(name, KNOWN_PLUGINS);
      const message = `plugin ${name} is not installed`;
      return atKey('plugin-not-found', plugins.at(name), { message, found: name, ...(suggestion && { suggestion }) });
    });
  });
}

function missingEngines({ views }: TestModel, packages: PackageFinder): Finding[] {
  return views.flatMap(({ config }) => {
    const engines = config.at('engines');
    const missing = engines.keys().filter((name) => packages.engine(name) === undefined);
    return missing.map((name) =>
      atKey('engine-not-found', engines.at(name), { message: `engine ${name} is not installed`, found: name }),
    );
  });
}

/** Plugins and engines that are there, and that Artillery fails to load. Its own, and ours, are not looked at. */
function brokenPackages({ views }: TestModel, packages: PackageFinder): Finding[] {
  return views.flatMap(({ config }) => {
    const plugins = config.at('plugins');
    const engines = config.at('engines');
    return [
      ...plugins
        .keys()
        .filter((name) => !KNOWN_PLUGINS.includes(name))
        .flatMap((name) => loadFaults('plugin', plugins.at(name), packages.plugin(name, plugins.at(name), config))),
      ...engines
        .keys()
        .filter((name) => !KNOWN_ENGINES.includes(name))
        .flatMap((name) => loadFaults('engine', engines.at(name), packages.engine(name))),
    ];
  });
}

function loadFaults(kind: PackageKind, cursor: Cursor, found: FoundPackage | undefined): Finding[] {
  const fault = found?.file === undefined ? undefined : loadFault(found.file, kind);
  if (fault === undefined) return [];
  const name = String(cursor.path.at(-1));
  const message = `${kind} ${name} cannot be loaded: ${fault.reason}`;
  return [
    atKey('package-unloadable', cursor, {
      message,
      found: name,
      hint: `Look at ${shownPath(fault.file)}:${fault.line}.`,
    }),
  ];
}

function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}

/** Engines that scenarios, or `config.engine`, name, and the test does not load. */
function unknownEngines({ views, journeys }: TestModel): Finding[] {
  if (views.length === 0) return [];
  const known = [...new Set([...BUILT_IN_ENGINES, ...views.flatMap(({ config }) => config.at('engines').keys())])];
  const named = journeys.map((journey) => ({ cursor: headValue(journey, 'engine'), who: labelOf(journey) }));
  const defaults = views.map(({ config }) => ({ cursor: config.at('engine'), who: 'config.engine' }));
  return [...named, ...defaults].flatMap(({ cursor, who }) => {
    const name = textAt(cursor);
    if (name === undefined || (who === 'config.engine' && name.includes('{{')) || known.includes(name)) return [];
    const suggestion = name === 'websocket' ? 'ws' : didYouMean(name, known);
    const message = `${who} is of the engine ${name}, which config.engines does not load`;
    return [
      atValue('unknown-engine', cursor, { message, found: name, allowed: known, ...(suggestion && { suggestion }) }),
    ];
  });
}

/** Settings of plugins that no environment switches on. */
function idleSettings({ views }: TestModel): Finding[] {
  const isOn = (plugin: string): boolean => views.some(({ config }) => isPresent(config.at('plugins', plugin)));
  const needs: readonly (readonly [string, readonly string[]])[] = [
    ['ensure', ['verdict', 'ensure']],
    ['apdex', ['apdex']],
    ['fake-data', ['fake-data']],
  ];
  return views.flatMap(({ config }) =>
    needs.flatMap(([key, plugins]) =>
      isPresent(config.at(key)) && !plugins.some(isOn) ? [idle(config.at(key), plugins)] : [],
    ),
  );
}

function idle(cursor: Cursor, [plugin = '', ...others]: readonly string[]): Finding {
  const names = [plugin, ...others].join(' or ');
  const message = `${String(cursor.path.at(-1))} has no effect without the plugin ${names}`;
  return atKey('plugin-not-enabled', cursor, { message, hint: `Add ${plugin}: {} to config.plugins.` });
}

/** Expectations, when no environment switches the plugin on that checks them. Said once, at the first of them. */
function idleExpectations({ views, journeys }: TestModel): Finding[] {
  if (views.length === 0 || views.some(({ config }) => isPresent(config.at('plugins', 'expect')))) return [];
  const requests = journeys.flatMap(({ steps }) => allSteps(steps)).map(requestOf);
  const first = requests
    .map((request) => request?.at('expect'))
    .find((expect) => expect !== undefined && isPresent(expect));
  return first === undefined ? [] : [idle(first, ['expect'])];
}

function xpaths({ journeys }: TestModel, packages: PackageFinder): Finding[] {
  const parts = journeys
    .flatMap(({ steps }) => allSteps(steps))
    .map(requestOf)
    .flatMap((request) => (request === undefined ? [] : [request.at('capture'), request.at('match')]))
    .flatMap(oneOrMoreAt)
    .filter((part) => isPresent(part.at('xpath')));
  if (parts.length === 0 || packages.package('artillery-xml-capture') !== undefined) return [];
  return parts.map((part) =>
    atKey('package-needed', part.at('xpath'), {
      message: 'xpath needs the package artillery-xml-capture, which is not installed',
      hint: 'npm install artillery-xml-capture',
    }),
  );
}
