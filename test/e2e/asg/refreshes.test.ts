import { instanceRefreshes } from '../../../local/scenarios/asg/refreshes.ts';
import { plays } from '../plays.ts';

plays('asg: refreshes', instanceRefreshes);
