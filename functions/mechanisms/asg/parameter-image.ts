import type { Launch } from './ec2.ts';
import { parameterOf } from './image.ts';
import { revisionOf, type TemplateVersion } from './revision.ts';

/** What speaks against a version whose image a parameter names. */
export interface Examination {
  /** Why going back cannot help, or null. */
  readonly reason: string | null;
  readonly doubts: readonly string[];
  /** Why a person must decide; null: nothing does. */
  readonly asks: string | null;
}

const because = (reason: string): Examination => ({ reason, doubts: [], asks: null });
const doubt = (text: string): Examination => ({ reason: null, doubts: [text], asks: null });

/**
 * Examines a version whose image a parameter names. A parameter names one image at a time, so an old version launches
 * the new image too.
 * @param now the image that the version launches now; null: unknown
 */
export function examineParameter(
  to: TemplateVersion,
  from: TemplateVersion | undefined,
  now: string | null,
  launches: readonly Launch[],
): Examination {
  const parameter = parameterOf(to.image) ?? to.image;
  const isSame = from?.image === to.image;
  const atFault = from === undefined ? [] : imagesOf(launches, from);
  const before = imagesOf(launches, to);
  if (now !== null && atFault.length > 0 && !atFault.includes(now)) return changed(parameter, now, before);
  const stays = isSame || (now !== null && atFault.includes(now));
  if (!stays)
    return doubt(`its image is the one that the parameter ${parameter} names now; it was not checked`);
  if (from?.fingerprint === to.fingerprint)
    return because(
      `going back to it would change nothing: it equals ${from.name}:${from.version}, and both take their image from the parameter ${parameter}`,
    );
  const [old] = before;
  if (old === undefined) return unknown(parameter, isSame);
  if (before.some((image) => atFault.includes(image))) return doubt(staying(parameter, isSame));
  return because(
    `going back to it would change nothing of the image: it launched ${old}, and the parameter ${parameter} names ${now ?? 'another'} now, the image at fault`,
  );
}

/** The image at fault goes: the parameter was set to another one since. */
function changed(parameter: string, now: string, before: readonly string[]): Examination {
  if (before.includes(now)) return { reason: null, doubts: [], asks: null };
  return doubt(
    `its image is ${now}, which the parameter ${parameter} names now; it is not known to have run here`,
  );
}

function unknown(parameter: string, isSame: boolean): Examination {
  const asks = `${staying(parameter, isSame)}, and EC2 no longer shows which one the good version ran: if the image is at fault, going back does not help`;
  return { reason: null, doubts: [staying(parameter, isSame)], asks };
}

function staying(parameter: string, isSame: boolean): string {
  return isSame
    ? `the image stays: both versions take it from the parameter ${parameter}`
    : `the image stays: the parameter ${parameter} names the one that runs`;
}

/** Returns the images that instances of a version run or ran, as far as EC2 still shows them. */
function imagesOf(launches: readonly Launch[], version: TemplateVersion): readonly string[] {
  const { id } = revisionOf(version);
  return [...new Set(launches.flatMap(({ revision, image }) => (revision === id ? (image ?? []) : [])))];
}
