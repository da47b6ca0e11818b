import type { Slices } from '../../src/rollback/document.ts';
import { CAUSE_TITLES, evidenceIn } from '../../src/rollback/evidence.ts';
import { said, type Said } from './said.ts';

/** Says the likely cause, and which sources of evidence did not answer. It is said once, after the first rung. */
export function evidenceSays({ gathered, announced }: Slices): Said | null {
  if (gathered === undefined || announced !== undefined) return null;
  const evidence = evidenceIn(gathered);
  if (evidence === null) return said('no evidence came in time', { tone: 'warn' });
  const { triage, missing } = evidence;
  const silent = missing.map(({ source, reason }) => `Could not be read: ${source} (${reason})`);
  if (triage === undefined || triage.cause === 'unknown')
    return said('the evidence names no cause', { points: silent });
  const { cause, says, because } = triage;
  return said(`likely cause: ${CAUSE_TITLES[cause]}`, { points: [says, ...because, ...silent] });
}
