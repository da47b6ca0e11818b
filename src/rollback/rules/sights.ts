import type { Scene } from '../clues/scene.ts';
import { inWords } from '../sights.ts';
import { isAfter } from '../time.ts';
import { ask, type Rule } from './rule.ts';

/**
 * A change that was only seen between two sights, with the onset between them, may be the cause. It may also be a fix
 * that a person put in after the onset, which Lastgood never undoes without a person. Widening the sights can only add
 * this question.
 */
export const ranAlready: Rule = ({ scene }) => {
  if (scene === null || !isOpen(scene)) return null;
  const { suspect, others } = scene;
  const { revision, sights } = [suspect, ...others].find((one) => one.sights !== undefined) ?? suspect;
  const seen = sights === undefined ? '' : `: it was ${inWords(sights)}`;
  return ask(
    `Whether ${revision.name} ran already when the harm began is uncertain${seen}. It may be the cause or the fix, so a person decides`,
  );
};

/** Says whether another deployment may be the suspect, or the suspect may have begun after the onset. */
export function isOpen({ suspect, others, onset }: Pick<Scene, 'suspect' | 'others' | 'onset'>): boolean {
  return others.length > 0 || (suspect.sights !== undefined && isAfter(suspect.startedAt, onset.at));
}
