// What the POST workload of the bench calls, in all engines that run Artillery's tests.

interface Context {
  readonly vars: Record<string, unknown>;
}

let items = 0;

/** For `beforeRequest`: gives each item its number. */
export async function numberItem(_request: unknown, context: Context): Promise<void> {
  items += 1;
  context.vars.number = items;
}
