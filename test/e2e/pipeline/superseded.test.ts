import { pipelineSuperseded } from '../../../local/scenarios/pipeline/superseded.ts';
import { plays } from '../plays.ts';

plays('pipeline: superseded', pipelineSuperseded);
