import { CookieJar } from 'tough-cookie';
import type { UserContext } from '../artillery.ts';
import type { Access } from '../transport/network.ts';
import type { Resources } from './resources.ts';

/** One virtual user on a journey. */
export class User {
  readonly context: UserContext;
  readonly resources: Resources;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Whether requests take along what is in the cookie jar: from the first cookie on that a server sets. */
  sendsCookies = false;
  #access: Access | undefined = undefined;
  #jar: CookieJar | undefined = undefined;

  constructor(context: UserContext, resources: Resources, random: () => number) {
    this.context = context;
    this.resources = resources;
    this.random = random;
  }

  /** The user's way to the target, from the first request on. */
  get access(): Access {
    this.#access ??= this.resources.network.access();
    return this.#access;
  }

  /** Made when it is first needed: most users of most tests never get a cookie. */
  get jar(): CookieJar {
    if (this.#jar === undefined) {
      this.#jar = new CookieJar(null, { ...this.resources.config.http?.cookieJarOptions });
      // Where Artillery's engine keeps it; hooks that look into it find it there.
      this.context._jar = this.#jar;
    }
    return this.#jar;
  }

  leave(): void {
    this.#access?.close();
  }
}
