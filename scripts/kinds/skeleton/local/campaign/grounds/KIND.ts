import type { Ground } from '../../../../../../local/campaign/ground.ts';

/** One ground for each controller and strategy, as docs/campaign.md says. Without one, no generated story has this kind. */
export const grounds: readonly Ground[] = [];
