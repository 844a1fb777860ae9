/** The names that NestJS gives to refusals, by status. The vendor's example shows the first. */
const names: Readonly<Record<number, string>> = {
  400: 'BadRequestException',
  401: 'UnauthorizedException',
  403: 'ForbiddenException',
  404: 'NotFoundException',
  406: 'NotAcceptableException',
  409: 'ConflictException',
  415: 'UnsupportedMediaTypeException',
  429: 'ThrottlerException',
  500: 'InternalServerErrorException',
};

/** A refusal. Thrown anywhere while a request is handled, it becomes the answer. */
export class VendorProblem extends Error {
  readonly status: number;
  /** What is wrong in particular, for instance one sentence for each field. */
  readonly details: readonly string[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    {
      details,
      headers = {},
    }: { details?: readonly string[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = names[status] ?? 'HttpException';
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}
