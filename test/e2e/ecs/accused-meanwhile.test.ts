import { accusedMeanwhile } from '../../../local/scenarios/ecs/accused-meanwhile.ts';
import { plays } from '../plays.ts';

plays('ecs: accused meanwhile', accusedMeanwhile);
