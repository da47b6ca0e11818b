import type { DeployCall } from '../../deploy-call.ts';

/** Another system deploys. AWS sees its report alone, and Event history keeps no events that were put on a bus. */
export const deployCall: DeployCall = { namesFor: () => [], isAbout: () => false };
