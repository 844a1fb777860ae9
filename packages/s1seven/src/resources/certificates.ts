import { validate, type CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import type {
  Certificate,
  CertificateInput,
  CertificateSchemas,
  FileInput,
  HashAlgorithm,
  HashEncoding,
  HashRequest,
  HashResult,
  Notarization,
  Verification,
} from '../model/certificate.ts';
import type { OperationCaller, RenderedForm, S1SevenCallOptions } from '../operation-caller.ts';
import { certificateBody } from './certificate-body.ts';
import { id as idField } from './fields.ts';
import { fileForm } from './file-form.ts';
import { jsonBody, readQuery } from './input.ts';
import { requestObject } from './request-object.ts';

/** The options of {@link Certificates.notarize}, beside those of every call. */
export interface NotarizeOptions extends S1SevenCallOptions {
  /** The id of the identity that signs. */
  identity: string;
}

/** The options of {@link Certificates.render}, beside those of every call. */
export interface RenderOptions extends S1SevenCallOptions {
  /** What is made of the certificate. */
  type: RenderedForm;
}

/** The options of {@link Certificates.hashFile}, beside those of every call. */
export interface HashFileOptions extends S1SevenCallOptions {
  algorithm: HashAlgorithm;
  encoding?: HashEncoding | undefined;
  /**
   * What is in the file.
   * @defaultValue 'json'
   */
  contentType?: 'json' | 'csv' | undefined;
}

const hashAlgorithm = z.enum([
  'sha256',
  'sha512',
  'sha3-256',
  'sha3-384',
  'sha3-512',
  'md5',
  'sha1',
]);
const hashEncoding = z.enum(['hex', 'base64']);

const hashRequest: z.ZodType<HashRequest> = requestObject({
  algorithm: hashAlgorithm,
  encoding: hashEncoding.optional(),
  source: z.custom<object>((value) => typeof value === 'object' && value !== null, 'Expected JSON'),
});

const hashFields = z.strictObject({
  algorithm: hashAlgorithm,
  encoding: hashEncoding.optional(),
  contentType: z.enum(['json', 'csv']).default('json'),
});

const notarizeQuery = z.strictObject({ identity: idField });
const renderQuery = z.strictObject({ type: z.enum(['html', 'pdf']) });

/**
 * Quality certificates: checked, hashed, notarized on a ledger, verified and rendered.
 *
 * A certificate is an object, or the text of one. An object is written as JSON once; a text is sent
 * byte for byte. What is in it is judged by the vendor.
 */
export class Certificates {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * A certificate that the vendor keeps.
   *
   * `GET /certificates/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `certificates:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<Certificate> {
    return this.#caller.call('certificates.get', { path: { id } }, options);
  }

  /**
   * Has the vendor keep a certificate.
   *
   * `POST /certificates`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `certificates:create_one`.
   */
  create(certificate: CertificateInput, options?: S1SevenCallOptions): CallPromise<Certificate> {
    return this.#caller.call(
      'certificates.create',
      () => ({ body: certificateBody(certificate) }),
      options,
    );
  }

  /**
   * Checks a certificate against its schema. Resolves to the certificate; one that is not valid is an
   * error of code `BAD_REQUEST`.
   *
   * `POST /certificates/validate` (the vendor's own client). Scope `certificates:validate_one`.
   */
  validate(certificate: CertificateInput, options?: S1SevenCallOptions): CallPromise<Certificate> {
    return this.#caller.call(
      'certificates.validate',
      () => ({ body: certificateBody(certificate) }),
      options,
    );
  }

  /**
   * The same of a file. It is sent as a multipart form, as the vendor's set-up guides do (assumed here):
   * the document of 2021 calls it an upload and declares `application/json`.
   *
   * `POST /certificates/validate-file` (OpenAPI 0.3.0 of 2021). Scope `certificates:validate_one`.
   */
  validateFile(file: FileInput, options?: S1SevenCallOptions): CallPromise<Certificate> {
    return this.#caller.call(
      'certificates.validateFile',
      () => ({ body: fileForm(file) }),
      options,
    );
  }

  /**
   * Has a certificate's hash signed and written to a ledger. It resolves when that has begun: the end
   * comes as the event `certificates/notarize_one`, as a webhook, or shows in
   * {@link Certificates.verify}.
   *
   * It is not repeated once it may have reached the vendor. A certificate that was notarized before is
   * recognised by its hash (S1SEVEN, "Environments"), so `idempotent: true` is probably safe here.
   *
   * `POST /certificates/notarize` (the vendor's own client). Scope `certificates:notarize_one`.
   *
   * @example
   * ```ts
   * const { jobId, transactionId } = await s1.certificates.notarize(certificate, { identity });
   * ```
   */
  notarize(certificate: CertificateInput, options: NotarizeOptions): CallPromise<Notarization> {
    const { identity, ...call } = { ...options };
    return this.#caller.call(
      'certificates.notarize',
      () => ({
        query: readQuery(notarizeQuery, { identity }, 'options'),
        body: certificateBody(certificate),
      }),
      call,
    );
  }

  /**
   * The same of a file. It is sent as a multipart form, as the vendor's set-up guides do (assumed here):
   * the document of 2021 calls it an upload and declares `application/json`.
   *
   * `POST /certificates/notarize-file` (OpenAPI 0.3.0 of 2021). Scope `certificates:notarize_one`.
   */
  notarizeFile(file: FileInput, options: NotarizeOptions): CallPromise<Notarization> {
    const { identity, ...call } = { ...options };
    return this.#caller.call(
      'certificates.notarizeFile',
      () => ({
        query: readQuery(notarizeQuery, { identity }, 'options'),
        body: fileForm(file),
      }),
      call,
    );
  }

  /**
   * Whether a certificate is what was notarized. Needs no token (seen in the vendor's public
   * verification page of 2025).
   *
   * `POST /certificates/verify` (the vendor's own client). Scope `certificates:validate_one`.
   */
  verify(certificate: CertificateInput, options?: S1SevenCallOptions): CallPromise<Verification> {
    return this.#caller.call(
      'certificates.verify',
      () => ({ body: certificateBody(certificate) }),
      options,
    );
  }

  /**
   * The same of a file. It is sent as a multipart form, as the vendor's set-up guides do (assumed here):
   * the document of 2021 calls it an upload and declares `application/json`.
   *
   * `POST /certificates/verify-file` (OpenAPI 0.3.0 of 2021). Scope `certificates:validate_one`.
   */
  verifyFile(file: FileInput, options?: S1SevenCallOptions): CallPromise<Verification> {
    return this.#caller.call('certificates.verifyFile', () => ({ body: fileForm(file) }), options);
  }

  /**
   * A certificate as people read it: the bytes of a page or of a PDF. In 2021 the scope was
   * `certificates`, `read_one`.
   *
   * `POST /certificates/render` (OpenAPI 0.3.0 of 2021). Scope `certificates:render_one`.
   */
  render(certificate: CertificateInput, options: RenderOptions): CallPromise<Buffer> {
    const { type, ...call } = { ...options };
    return this.#caller.call(
      'certificates.render',
      () => ({
        query: readQuery(renderQuery, { type }, 'options'),
        body: certificateBody(certificate),
        rendered: type,
      }),
      call,
    );
  }

  /**
   * The same of a file. It is sent as a multipart form, as the vendor's set-up guides do (assumed here):
   * the document of 2021 calls it an upload and declares `application/json`.
   *
   * `POST /certificates/render-file` (OpenAPI 0.3.0 of 2021). Scope `certificates:render_one`.
   */
  renderFile(file: FileInput, options: RenderOptions): CallPromise<Buffer> {
    const { type, ...call } = { ...options };
    return this.#caller.call(
      'certificates.renderFile',
      () => ({
        query: readQuery(renderQuery, { type }, 'options'),
        body: fileForm(file),
        rendered: type,
      }),
      call,
    );
  }

  /**
   * The hash of any JSON, as the vendor makes it.
   *
   * `POST /certificates/hash` (the vendor's own client). No scope is documented.
   */
  hash(body: HashRequest, options?: S1SevenCallOptions): CallPromise<HashResult> {
    return this.#caller.call(
      'certificates.hash',
      () => ({ body: jsonBody(hashRequest, body) }),
      options,
    );
  }

  /**
   * The hash of a file, as the vendor makes it. It is sent as a multipart form, which the document of
   * 2021 describes here.
   *
   * `POST /certificates/hash-file` (OpenAPI 0.3.0 of 2021). No scope is documented.
   */
  hashFile(file: FileInput, options: HashFileOptions): CallPromise<HashResult> {
    const { algorithm, encoding, contentType, ...call } = { ...options };
    return this.#caller.call(
      'certificates.hashFile',
      () => {
        const given = { algorithm, encoding, contentType };
        const fields = validate(hashFields, given, { code: 'INVALID_REQUEST', root: 'options' });
        return { body: fileForm(file, fields) };
      },
      call,
    );
  }

  /**
   * The versions of schemas that the vendor knows, by family.
   *
   * `GET /certificates/schemas` (OpenAPI 0.3.0 of 2021). No scope is documented.
   */
  schemas(options?: S1SevenCallOptions): CallPromise<CertificateSchemas> {
    return this.#caller.call('certificates.schemas', {}, options);
  }
}
