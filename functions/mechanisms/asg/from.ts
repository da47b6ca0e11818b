import { isThere, type Course } from '../../../src/rollback/course.ts';
import { launchTemplateRefOf } from '../../../src/targets/kinds/asg/launch-template.ts';
import type { Standing } from './standing.ts';

/** Returns the id of the revision to go back from: the suspect, or the one that replaced it. */
export function fromOf({ suspect, current, isSuperseded }: Course, standing: Standing): string {
  const ran = isSuperseded ? current : suspect;
  if (ran === null || !isThere(ran) || launchTemplateRefOf(ran.revision.id) === null) return standing.from;
  return ran.revision.id;
}
