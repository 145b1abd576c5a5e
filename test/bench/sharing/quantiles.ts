/** Milliseconds since 1970, to fractions; the same for all processes of a machine. */
export function exactNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Quantiles of measured times, in milliseconds, as one text. */
export function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (quantile: number): string => sorted[Math.floor(sorted.length * quantile)]?.toFixed(1) ?? '–';
  return `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms`;
}
