import { createService } from '../../../fixtures/platform/src/http/service.ts';
import { createReadiness } from '../../../fixtures/platform/src/readiness.ts';
import { parseSettings } from '../../../fixtures/platform/src/settings.ts';
import { type Client, createClient } from './client.ts';
import { DOCUMENTS } from './test-database.ts';

/** The key with which test services sign access tokens. */
export const JWT_SECRET = 'only-for-tests';

/** A service that listens on a free port. */
export interface TestService extends Client {
  readonly url: string;
  attach(databaseUrl: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts a service without a database. Environment variables as in `docs/platform.md`; it logs nothing unless told to. */
export async function startUnattached(env: Readonly<Record<string, string>> = {}): Promise<TestService> {
  const settings = parseSettings({ PORT: '0', JWT_SECRET, LOG_LEVEL: 'silent', SIGNIN_LIMIT: '1000', ...env });
  const readiness = createReadiness();
  const service = createService(settings, readiness);
  const url = await service.listen();
  return {
    url,
    ...createClient(url),
    async attach(databaseUrl) {
      await service.attach(databaseUrl);
      readiness.set({ status: 'ready', documents: DOCUMENTS });
    },
    close: () => service.close(),
  };
}

/** Starts a service that answers all routes. */
export async function startTestService(databaseUrl: string, env?: Readonly<Record<string, string>>) {
  const service = await startUnattached(env);
  await service.attach(databaseUrl);
  return service;
}
