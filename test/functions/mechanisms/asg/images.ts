import { Stage } from './stage.ts';

/** The instance type of the group. */
export const ARM = 'm7g.large';

/** Launches four instances from an image that an override names, and deploys it by a refresh. */
export async function withImage(): Promise<{ readonly stage: Stage; readonly image: string }> {
  const stage = new Stage();
  const version = stage.version();
  const image = stage.image();
  stage.create(version, { LaunchTemplate: undefined, ...stage.mixed(version, { [ARM]: image }) });
  await stage.pass(120);
  deployImage(stage, image, 'Rolling');
  await stage.ended();
  await stage.pass(600);
  return { stage, image };
}

/** Starts a refresh to another image, with the version that the group has. */
export function deployImage(stage: Stage, image: string, Strategy: 'Rolling' | 'ReplaceRootVolume'): void {
  const DesiredConfiguration = stage.mixed('1', { [ARM]: image });
  stage.asg('StartInstanceRefresh', { Strategy, DesiredConfiguration });
}
