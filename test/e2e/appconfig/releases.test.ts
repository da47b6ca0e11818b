import { appconfigReleases } from '../../../local/scenarios/appconfig/releases.ts';
import { plays } from '../plays.ts';

plays('appconfig: releases', appconfigReleases);
