import type { Detail } from '../../src/events/details.ts';
import { publishedEvents } from './events/published.ts';
import type { Stage } from './stage.ts';

/** Returns a check: null if the plan that was published names exactly these changes, or else those that it names. */
export function planNames(...changes: readonly RegExp[]): (stage: Stage) => string | null {
  return (stage) => {
    const planned = publishedEvents(stage).find(({ type }) => type === 'Rollback Planned')?.detail;
    const named = (planned as Detail<'Rollback Planned'> | undefined)?.changes ?? [];
    const isSame = named.length === changes.length && changes.every((one, at) => one.test(named[at] ?? ''));
    return isSame ? null : `the plan names [${named.join(' | ')}]`;
  };
}
