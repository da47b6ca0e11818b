import { ARMS, type ArmName } from '../versus/arms.ts';
import { runStory, type Run } from '../versus/run.ts';
import { stories } from '../versus/stories.ts';

/** The story of `npm run versus` with the release of `npm start`. */
const SAME_RELEASE = 'errors';

/** The arms that are worth a line beside the rollback that was just shown. */
const BESIDE = [
  ['natives0', 'AWS alone, its alarms watched while it deploys'],
  ['natives10', 'AWS alone, watched for ten minutes more, as AWS recommends'],
  ['lastgood', 'Lastgood alone, as above'],
  ['lookout', "both, with Lastgood's lookout (tag lastgood:lookout=act)"],
] as const satisfies readonly (readonly [ArmName, string])[];

/** The release of `npm start` in another arm. */
export interface Beside {
  readonly says: string;
  readonly run: Pick<Run, 'badSeconds' | 'takenBack'>;
}

/** Plays the release of `npm start` again, in the same second of a minute. */
export function playArm(arm: ArmName, seed: number): Promise<Run> {
  const story = stories.find(({ name }) => name === SAME_RELEASE);
  if (story === undefined) throw new Error(`the story ${SAME_RELEASE} is missing`);
  return runStory(story, ARMS[arm], seed, 0);
}

/** Plays it in each arm, one after the other. */
export async function playBeside(seed: number): Promise<readonly Beside[]> {
  const played: Beside[] = [];
  for (const [arm, says] of BESIDE) played.push({ says, run: await playArm(arm, seed) });
  return played;
}

/** Says for how long users hurt in each arm. */
export function besideSays(played: readonly Beside[]): readonly string[] {
  const rows = played.map(({ says, run }) => `  ${hurtIn(run).padStart(SECONDS_COLUMNS)}  ${says}`);
  return [
    'How long users hurt with this release, played again just now in process:',
    ...rows,
    'Medians, and 15 more stories: docs/versus.md',
  ];
}

const SECONDS_COLUMNS = 12;

function hurtIn({ badSeconds, takenBack }: Beside['run']): string {
  return `${takenBack ? '' : 'over '}${badSeconds.toLocaleString('en')} s`;
}
