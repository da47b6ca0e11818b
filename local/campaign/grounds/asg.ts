import type { Ground } from '../ground.ts';
import { refreshed } from './asg/refreshed.ts';
import { rootVolumes } from './asg/root-volumes.ts';
import { unrefreshed } from './asg/unrefreshed.ts';

export const grounds: readonly Ground[] = [...refreshed, ...rootVolumes, ...unrefreshed];
