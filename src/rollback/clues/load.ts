import { after } from '../time.ts';
import { clue, type ClueReader } from './clue.ts';
import { between, indexAt, levelOf, median, seriesFor } from './levels.ts';
import { share, type Scene } from './scene.ts';

/** Load that grew by less than this factor is usual. */
const USUAL_GROWTH = 1.2;

/** An older version does not help a service with more load than its capacity. */
export const loadGrew: ClueReader = (scene) => {
  const growth = growthOf(scene, false);
  if (growth === null) return null;
  const usual = growthOf(scene, true) ?? 1;
  const beyond = growth / Math.max(usual, 0.5);
  return clue(
    share((Math.min(growth, beyond) - USUAL_GROWTH) / 0.3),
    `Requests are ${growth.toFixed(1)} times what they were before.`,
  );
};

/** Returns the requests around the onset as a multiple of those half an hour before. */
function growthOf({ measured, onset, rise }: Scene, isYesterday: boolean): number | null {
  const series = seriesFor(measured, 'requests', isYesterday ? { yesterday: true } : {});
  if (series === null) return null;
  const level = levelOf(series);
  const shift = isYesterday ? -86_400 : 0;
  const at = indexAt(level, after(rise, shift));
  const end = indexAt(level, after(onset.until, shift));
  const now = between(level, at - 1, Math.max(end, at + 3));
  const before = between(level, at - 40, at - 10);
  if (now.length === 0 || before.length < 5) return null;
  return median(now) / Math.max(median(before), 1e-9);
}
