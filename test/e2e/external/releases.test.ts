import { externalReleases } from '../../../local/scenarios/external/releases.ts';
import { plays } from '../plays.ts';

plays('external: releases', externalReleases);
