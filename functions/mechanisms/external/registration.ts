import type { ReadTags } from '../../../src/aws/resource-tags.ts';
import { InvalidTag, UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { nameOf, REGISTRATIONS } from '../../../src/targets/kinds/external/target.ts';

/** What the owner of a target agreed to, by the tags of its parameter (ADR 46). */
export interface Registration {
  readonly tags: Tags;
  /** The sources of events that may answer and report. */
  readonly sources: readonly string[];
  /** How long Lastgood waits for the final answer. */
  readonly withinSeconds: number;
}

export const SOURCE_TAG = 'lastgood:source';
const WITHIN_TAG = 'lastgood:within';

const WITHIN_MINUTES = { least: 1, most: 1440, usual: 30 } as const;

/** Returns the name of the parameter. */
export function parameterOf(target: string): string {
  return `${REGISTRATIONS}${nameOf(target)}`;
}

/** Reads registrations. @throws UnsupportedTarget, InvalidTag */
export type ReadRegistration = (target: string) => Promise<Registration>;

/**
 * @param arns the ARN of a parameter below the path of registrations, without its name
 */
export function registrationsWith(readTags: ReadTags, arns: string): ReadRegistration {
  return async (target) => {
    const [tags = {}] = await readTags([`${arns}${nameOf(target)}`]);
    if (Object.keys(tags).length === 0)
      throw new UnsupportedTarget(
        `${target}: there is no parameter ${parameterOf(target)}, or it has no tags`,
      );
    return registrationOf(tags);
  };
}

export function registrationOf(tags: Tags): Registration {
  return { tags, sources: sourcesIn(tags), withinSeconds: minutesIn(tags) * 60 };
}

/** Returns the sources that the tag names, separated by spaces. */
export function sourcesIn(tags: Tags): readonly string[] {
  return (tags[SOURCE_TAG] ?? '').split(/\s+/).filter((source) => source !== '');
}

function minutesIn(tags: Tags): number {
  const { least, most, usual } = WITHIN_MINUTES;
  const value = tags[WITHIN_TAG];
  if (value === undefined) return usual;
  const read = /^\d{1,4}$/.test(value) ? Number(value) : NaN;
  if (read >= least && read <= most) return read;
  const problem = `${JSON.stringify(value)} must be a whole number of minutes from ${least} to ${most}`;
  throw new InvalidTag(WITHIN_TAG, problem);
}
