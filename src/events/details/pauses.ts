import * as z from 'zod/mini';
import { instant, version } from './common.ts';

/**
 * A person paused Lastgood: it changes nothing before they resume it. Published at once and every hour while it lasts.
 * `since` and `announcedAt` identify it.
 */
export const lastgoodPaused = z.object({
  version,
  /** The reason, and who paused; absent: the parameter does not say. */
  because: z.optional(z.string()),
  by: z.optional(z.string()),
  since: instant,
  announcedAt: instant,
});

/** The end of a pause. */
export const lastgoodResumed = z.object({
  version,
  /** Who resumed; absent: the parameter does not say. */
  by: z.optional(z.string()),
  pausedSince: instant,
  resumedAt: instant,
});
