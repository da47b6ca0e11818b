import { after, isAfter } from '../time.ts';
import { clue, type ClueReader } from './clue.ts';
import { share, type Scene } from './scene.ts';

const failures = ({ facts, suspect }: Scene) =>
  facts.stopped?.known === true
    ? facts.stopped.is.filter(({ failed, at }) => failed && isAfter(at, suspect.startedAt))
    : [];

/** Only tasks of the suspect crash since its deployment. */
export const itsTasksFail: ClueReader = (scene) => {
  const all = failures(scene);
  const own = all.filter(({ revision }) => revision === scene.suspect.revision.id);
  if (own.length < all.length) return null;
  return clue(share(own.length / 3), `${own.length} tasks of ${scene.suspect.revision.name} failed.`);
};

/** Tasks of the revision before crash as well. */
export const olderTasksFail: ClueReader = (scene) => {
  const { suspect, rise } = scene;
  const others = failures(scene).filter(
    ({ revision, at }) => revision !== suspect.revision.id && isAfter(at, after(rise, -300)),
  );
  return clue(share(others.length / 2), 'Tasks of the revision before fail as well.');
};

/** Capacity was reduced just before the harm. */
export const scaledIn: ClueReader = ({ facts, rise }) => {
  if (facts.scaling?.known !== true) return null;
  const last = facts.scaling.is.findLast(
    ({ at, from, to }) => to < from && isAfter(after(rise, 60), at) && isAfter(at, after(rise, -900)),
  );
  if (last === undefined) return null;
  return clue(
    share((last.from - last.to) / last.from / 0.3),
    `The target was scaled in from ${last.from} to ${last.to} just before.`,
  );
};
