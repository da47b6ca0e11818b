import { externalPutBack } from '../../../local/scenarios/ecs/external-put-back.ts';
import { plays } from '../plays.ts';

plays('ecs: task sets put back before the alarm', externalPutBack);
