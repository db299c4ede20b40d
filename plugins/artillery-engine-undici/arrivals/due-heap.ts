/** Something that is to be done at a certain time. */
export interface Due {
  /** `performance.now()` milliseconds. */
  readonly dueAt: number;
  readonly callback: () => void;
}

/** What is due, earliest first; of the same time, in the order in which it came. */
export interface DueHeap {
  /** The earliest, which stays where it is. */
  first(): Due | undefined;
  add(due: Due): void;
  /** Takes the earliest away. */
  take(): Due | undefined;
}

interface Place {
  readonly due: Due;
  readonly order: number;
}

/** A binary heap: adding and taking cost the logarithm of what is in it. */
export function createDueHeap(): DueHeap {
  const places: Place[] = [];
  let added = 0;

  function rise(from: number, place: Place): void {
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = places[parent];
      if (above === undefined || !isBefore(place, above)) break;
      places[hole] = above;
      hole = parent;
    }
    places[hole] = place;
  }

  function sink(place: Place): void {
    let hole = 0;
    for (;;) {
      const [left, right] = [2 * hole + 1, 2 * hole + 2];
      const child = isBefore(places[right], places[left]) ? right : left;
      const below = places[child];
      if (below === undefined || !isBefore(below, place)) break;
      places[hole] = below;
      hole = child;
    }
    places[hole] = place;
  }

  return {
    first: () => places[0]?.due,
    add: (due) => {
      added += 1;
      rise(places.length, { due, order: added });
    },
    take: () => {
      const [earliest] = places;
      const last = places.pop();
      if (last !== undefined && places.length > 0) sink(last);
      return earliest?.due;
    },
  };
}

function isBefore(a: Place | undefined, b: Place | undefined): boolean {
  if (a === undefined) return false;
  if (b === undefined) return true;
  return a.due.dueAt < b.due.dueAt || (a.due.dueAt === b.due.dueAt && a.order < b.order);
}
