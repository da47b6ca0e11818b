import { releases } from '../../../local/scenarios/elb/releases.ts';
import { plays } from '../plays.ts';

plays('elb: releases', releases);
