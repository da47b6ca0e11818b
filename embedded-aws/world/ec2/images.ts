import type {
  DeregisterImageRequest,
  DeregisterImageResult,
  DescribeImagesRequest,
  DescribeImagesResult,
  DisableImageRequest,
  DisableImageResult,
} from '@aws-sdk/client-ec2';
import { ACCOUNT, REGION } from '../aws.ts';
import { AwsError } from '../service.ts';
import type { Ec2State, Image } from './state.ts';

export function imageOperations(ec2: Ec2State) {
  return {
    DescribeImages: {
      authorize: () => [{ action: 'ec2:DescribeImages', resource: '*' }],
      run: (input: DescribeImagesRequest) => describe(ec2, input),
    },
    // Nothing can be launched from a disabled image:
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html
    DisableImage: {
      authorize: ({ ImageId = '' }: DisableImageRequest) => [
        { action: 'ec2:DisableImage', resource: `arn:aws:ec2:${REGION}::image/${ImageId}` },
      ],
      run: ({ ImageId = '' }: DisableImageRequest): DisableImageResult => {
        getImage(ec2, ImageId).isDisabled = true;
        return { Return: true };
      },
    },
    DeregisterImage: {
      authorize: ({ ImageId = '' }: DeregisterImageRequest) => [
        { action: 'ec2:DeregisterImage', resource: `arn:aws:ec2:${REGION}::image/${ImageId}` },
      ],
      run: ({ ImageId = '' }: DeregisterImageRequest): DeregisterImageResult => {
        ec2.images.delete(getImage(ec2, ImageId).id);
        return { Return: true };
      },
    },
  };
}

/** Leaves disabled images out unless the request asks for them (API_DescribeImages, Amazon EC2). */
function describe(ec2: Ec2State, { ImageIds, IncludeDisabled }: DescribeImagesRequest): DescribeImagesResult {
  const found = ImageIds?.map((id) => getImage(ec2, id)) ?? [...ec2.images.values()];
  const shown = found.filter(({ isDisabled }) => IncludeDisabled === true || isDisabled !== true);
  return { Images: shown.map(toImage) };
}

function toImage({ id, name, createdAt, isDisabled, architecture = 'x86_64', volumes }: Image) {
  return {
    ...{ ImageId: id, Name: name, CreationDate: createdAt, OwnerId: ACCOUNT },
    Architecture: architecture,
    RootDeviceType: 'ebs' as const,
    BlockDeviceMappings: Array.from({ length: volumes }, (_, at) => ({
      DeviceName: at === 0 ? '/dev/xvda' : `/dev/sd${'bcdefghi'.charAt(at - 1)}`,
      Ebs: {},
    })),
    State: isDisabled === true ? ('disabled' as const) : ('available' as const),
  };
}

/** Finds an image. One unknown id fails the call, and a deregistered image is unknown. */
function getImage({ images }: Ec2State, id: string): Image {
  const found = images.get(id);
  if (found !== undefined) return found;
  throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
}
