import { UserFault } from '../../src/errors.ts';

/** JSON of which nothing is known yet, and where in its file it stands. No library: these scripts run before `npm ci`. */
export class JsonReader {
  private readonly value: unknown;
  private readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  /** The value below a key; reading it is a fault where it is missing. */
  at(key: string): JsonReader {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      throw this.fault('an object');
    return new JsonReader(
      Object.hasOwn(this.value, key) ? Reflect.get(this.value, key) : undefined,
      `${this.path}.${key}`,
    );
  }

  /** Whether there is a value at all. */
  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  get text(): string {
    if (typeof this.value !== 'string') throw this.fault('a text');
    return this.value;
  }

  get number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) throw this.fault('a number');
    return this.value;
  }

  /** Infinity is written as null. */
  get numberOrInfinite(): number | undefined {
    return this.value === null ? undefined : this.number;
  }

  get flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.fault('true or false');
    return this.value;
  }

  get list(): readonly JsonReader[] {
    if (!Array.isArray(this.value)) throw this.fault('a list');
    return this.value.map((each: unknown, index) => new JsonReader(each, `${this.path}.${index}`));
  }

  oneOf<T extends string | number>(allowed: readonly T[]): T {
    const found = allowed.find((each) => each === this.value);
    if (found === undefined) throw this.fault(`one of ${allowed.join(', ')}`);
    return found;
  }

  private fault(expected: string): UserFault {
    return new UserFault('run-shape', `${this.path}: ${expected} is expected, found ${shown(this.value)}`);
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}
