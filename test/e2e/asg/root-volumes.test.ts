import { asgOverrideImages, asgRootVolumes } from '../../../local/scenarios/asg/root-volumes.ts';
import { plays } from '../plays.ts';

plays('asg: root volumes', asgRootVolumes);
plays('asg: images of instance types', asgOverrideImages);
