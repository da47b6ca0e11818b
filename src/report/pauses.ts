import type { Rollback } from '../rollback/document.ts';
import { pausedSeconds } from '../rollback/pause.ts';
import { personIn } from './people.ts';
import type { Span } from './span.ts';
import type { Times } from './times.ts';
import { lasted } from './words.ts';

/** Shows when the rollback waited, because Lastgood was paused. */
export function pausesIn({ paused }: Rollback, { ended }: Times): readonly Span[] {
  const [first, ...rest] = paused?.spans ?? [];
  if (paused === undefined || first === undefined) return [];
  const last = rest.at(-1) ?? first;
  const length = lasted(pausedSeconds(paused, ended));
  return [
    {
      what: `Lastgood was paused${byWhom(paused.order)}`,
      from: first.from,
      to: last.to ?? ended,
      ...(last.to === undefined && { isOpen: true as const }),
      parts: paused.spans.map(({ from, to = ended }) => ({ from, to })),
      says: { took: last.to === undefined ? `${length}, not over` : length },
      tone: 'hold',
    },
  ];
}

/** Says for how long the rollback waited, by whom it was held and why. Null: it was not held. */
export function pauseSays({ paused }: Rollback, { ended }: Times): string | null {
  if (paused === undefined || paused.spans.length === 0) return null;
  const { because } = paused.order;
  const isOver = paused.spans.every(({ to }) => to !== undefined);
  const waited = `It waited for ${lasted(pausedSeconds(paused, ended))}, because Lastgood was paused`;
  const why = because === undefined ? '' : `: ${because.replace(/[.\s]+$/, '')}`;
  return `${waited}${byWhom(paused.order)}${why}.${isOver ? '' : ' The pause was not over.'}`;
}

function byWhom({ by }: { readonly by?: string }): string {
  return by === undefined ? '' : ` by ${personIn(by)}`;
}
