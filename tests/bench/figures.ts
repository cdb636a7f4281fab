/** One thing that was measured, with what the issue demands of it. */
export type Figure = {
  name: string;
  unit: 'ms' | '×' | 'kB' | 'MB' | '%' | '';
  /** A median, or a plain count. */
  value: number;
  /** 95 % interval of the value. */
  interval?: readonly [number, number];
  /** How many measurements stand behind it. */
  times: number;
  /** Largest that is allowed, for the value itself or for the upper end of its interval. */
  bound?: { atMost: number; of: 'value' | 'upper end' };
  note?: string;
};

export type BenchOptions = {
  /** How often to measure; each bench knows what is usual for it. */
  times?: number;
  say: (line: string) => void;
};
export type Bench = (options: BenchOptions) => Promise<Figure[]>;

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of nothing.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Always the same numbers, so that the same measurements give the same interval. */
export function repeatable(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

/** 95 % interval by bootstrap: `statistic` of indices drawn again, with replacement, out of `count`. */
function bootstrap(
  count: number,
  statistic: (drawn: readonly number[]) => number,
): readonly [number, number] {
  const random = repeatable();
  const rounds = 4_000;
  const found = Array.from({ length: rounds }, () =>
    statistic(Array.from({ length: count }, () => Math.floor(random() * count))),
  ).sort((a, b) => a - b);
  return [
    found[Math.floor(rounds * 0.025)] ?? Number.NaN,
    found[Math.ceil(rounds * 0.975) - 1] ?? Number.NaN,
  ];
}

/** The median of measurements, with its interval. */
export function medianOf(
  name: string,
  unit: Figure['unit'],
  values: readonly number[],
  rest: Pick<Figure, 'bound' | 'note'> = {},
): Figure {
  const interval = bootstrap(values.length, (drawn) => median(drawn.map((index) => values[index] ?? 0)));
  return { name, unit, value: median(values), interval, times: values.length, ...rest };
}

/** Ratio of two medians, measured in pairs: what disturbs the machine for a while disturbs both of a pair. */
export function ratioOf(
  name: string,
  pairs: readonly { ours: number; other: number }[],
  rest: Pick<Figure, 'bound' | 'note'> = {},
): Figure {
  const ratio = (drawn: readonly { ours: number; other: number }[]) =>
    median(drawn.map(({ ours }) => ours)) / median(drawn.map(({ other }) => other));
  const interval = bootstrap(pairs.length, (drawn) => ratio(drawn.flatMap((index) => pairs[index] ?? [])));
  return { name, unit: '×', value: ratio(pairs), interval, times: pairs.length, ...rest };
}

export function holds({ value, interval, bound }: Figure): boolean {
  if (!bound) return true;
  const judged = bound.of === 'value' ? value : (interval?.[1] ?? value);
  return judged <= bound.atMost;
}

const shown = (value: number, unit: Figure['unit']): string =>
  unit === '×' ? value.toFixed(3) : value >= 100 || unit === '' ? value.toFixed(0) : value.toFixed(1);

/** The figures as a table of text. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, unit, value, interval, times, bound, note } = figure;
    return [
      bound ? (holds(figure) ? 'pass' : 'FAIL') : '',
      name,
      `${shown(value, unit)} ${unit}`.trim(),
      interval ? `${shown(interval[0], unit)}–${shown(interval[1], unit)}` : '',
      `n=${times}`,
      bound ? `${bound.of === 'value' ? '' : 'upper end '}≤ ${bound.atMost} ${unit}`.trim() : '',
      note ?? '',
    ];
  });
  const head = ['', 'figure', 'median', '95 %', '', 'bound', ''];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Progress on one line every so often, so that whoever waits sees that it goes on. */
export function counting(say: (line: string) => void, what: string, of: number): (done: number) => void {
  const every = Math.max(1, Math.floor(of / 5));
  return (done) => {
    if (done < 1) return;
    if (done % every === 0 || done === of) say(`  ${what}: ${done} of ${of}`);
  };
}
