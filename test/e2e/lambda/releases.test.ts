import { lambdaReleases } from '../../../local/scenarios/lambda/releases.ts';
import { plays } from '../plays.ts';

plays('lambda: releases and canaries', lambdaReleases);
