/** A number with three digits that say something: `1,234`, `12.3`, `0.0456`. */
export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString('en', digits);
}

/** `812 ms`, `1.2 s`. */
export function ms(value: number): string {
  return value >= 1_000 ? `${number(value / 1_000)} s` : `${number(value)} ms`;
}

/** `2.5 %`. */
export function percent(value: number): string {
  return `${number(value)} %`;
}

/** As a sentence begins. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
