import type { EngineConfig } from '../artillery.ts';
import type { ConnectionSettings } from './connector.ts';

/** Names that got has for options of `node:tls`; tests that were written for Artillery's engine use them. */
const GOT_NAMES: Readonly<Record<string, string>> = {
  certificateAuthority: 'ca',
  certificate: 'cert',
  alpnProtocols: 'ALPNProtocols',
};

/**
 * How to connect, by `config.tls` and the environment.
 *
 * @param env `HTTP_PROXY` holds for targets of both kinds unless `HTTPS_PROXY` says otherwise.
 */
export function connectionSettings({ tls = {} }: EngineConfig, env: NodeJS.ProcessEnv): ConnectionSettings {
  const httpProxy = urlIn(env.HTTP_PROXY);
  return {
    tls: Object.fromEntries(Object.entries(tls).map(([name, value]) => [GOT_NAMES[name] ?? name, value])),
    httpProxy,
    httpsProxy: urlIn(env.HTTPS_PROXY) ?? httpProxy,
  };
}

function urlIn(text: string | undefined): URL | undefined {
  return text === undefined || text === '' ? undefined : new URL(text);
}
