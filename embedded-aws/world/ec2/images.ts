import type {
  DeregisterImageRequest,
  DeregisterImageResult,
  DescribeImagesRequest,
  DescribeImagesResult,
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

function describe(ec2: Ec2State, { ImageIds }: DescribeImagesRequest): DescribeImagesResult {
  const found = ImageIds?.map((id) => getImage(ec2, id)) ?? [...ec2.images.values()];
  return { Images: found.map(toImage) };
}

function toImage({ id, name, createdAt }: Image) {
  return { ImageId: id, Name: name, CreationDate: createdAt, OwnerId: ACCOUNT, State: 'available' as const };
}

/** Finds an image. One unknown id fails the call, and a deregistered image is unknown. */
function getImage({ images }: Ec2State, id: string): Image {
  const found = images.get(id);
  if (found !== undefined) return found;
  throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
}
