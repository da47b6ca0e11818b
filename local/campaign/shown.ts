import type { Night } from './night.ts';

/** Returns what happened in a story, a line each: what the story did, and what Lastgood and AWS did. */
export function shown({ stage, diary, story }: Night): string {
  const own = diary.map(({ at, by, what, release, refused }) => ({
    at: new Date(at).toISOString(),
    what: `${by}: ${what}${release === undefined ? '' : ` ${release}`}${refused === undefined ? '' : `, refused: ${refused}`}`,
  }));
  const all = [...own, ...stage.journal.happenings()].toSorted((one, other) =>
    one.at.localeCompare(other.at),
  );
  return [
    `The story of ${story.ground}, with ${JSON.stringify(story.settings)}.`,
    ...all.map(({ at, what }) => `${at.slice(11, 23)}  ${what}`),
  ].join('\n');
}
