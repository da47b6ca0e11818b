import { latticeReleases } from '../../../local/scenarios/lattice/releases.ts';
import { plays } from '../plays.ts';

plays('lattice: releases', latticeReleases);
