import { secondsBetween } from '../../src/rollback/time.ts';
import { publishedEvents } from './events/published.ts';
import type { Stage } from './stage.ts';

/** How soon people must read why the way back does not go on. It may take 30 minutes. */
const SOON_SECONDS = 120;

/** Returns a check: null if what hinders the way back was published once and soon after it began, or else the events. */
export function wasPublishedEarly(says: RegExp): (stage: Stage) => string | null {
  return (stage) => {
    const events = publishedEvents(stage);
    const began = events.find(({ type }) => type === 'Rollback Reverted')?.detail['revertedAt'];
    const [only, another] = events.filter(({ type }) => type === 'Rollback Hindered');
    const { hinderedSince, says: quoted } = only?.detail ?? {};
    const isSoon = secondsBetween(String(began), String(hinderedSince)) <= SOON_SECONDS;
    if (another === undefined && isSoon && says.test(String(quoted))) return null;
    return `published were ${JSON.stringify(events.map(({ type, detail }) => [type, detail['says']]))}`;
  };
}
