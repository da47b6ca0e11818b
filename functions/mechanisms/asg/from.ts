import { isThere, type Course } from '../../../src/rollback/course.ts';
import { choiceOf } from './revision.ts';
import type { Standing } from './standing.ts';

/** Id of the revision to go back from: what took the suspect's place, or the suspect while anything of it runs. */
export function fromOf({ suspect, current, isSuperseded }: Course, standing: Standing): string {
  const ran = isSuperseded ? current : suspect;
  if (ran === null || !isThere(ran) || choiceOf(ran.revision.id) === null) return standing.from;
  return ran.revision.id;
}
