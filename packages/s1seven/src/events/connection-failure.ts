import { isCertificateCode, VendorError, type VendorErrorCode } from '@vendorkit/core';
import type { ConnectionEnd } from './broker-connection.ts';

/** What time may mend: the connection is tried again. Everything else ends the stream. */
const passingCodes: ReadonlySet<VendorErrorCode> = new Set([
  'CONNECTION',
  'TIMEOUT',
  'DEADLINE_EXCEEDED',
  'SERVER_ERROR',
  'RATE_LIMITED',
  'QUOTA_WAIT_EXCEEDED',
  'INVALID_RESPONSE',
]);

/** Whether it is worth connecting again after this. */
export function isPassing({ code }: VendorError): boolean {
  return passingCodes.has(code);
}

/** An error of the stream. */
export function streamError(code: VendorErrorCode, message: string, hint?: string): VendorError {
  return new VendorError(message, {
    code,
    vendor: 's1seven',
    operation: 'subscribe',
    retryable: passingCodes.has(code),
    hint,
  });
}

/**
 * Why a connection ended, or came to nothing.
 *
 * @param host - The broker's host and port, for the message.
 * @param wasReady - Whether this stream was connected before, so that its options are right.
 */
export function explainEnd(end: ConnectionEnd, host: string, wasReady: boolean): VendorError {
  switch (end.kind) {
    case 'refused':
      return explainRefusal(end.returnCode, host);
    case 'failed':
      return explainFailure(end.code, host, wasReady);
    case 'closed':
    case 'left':
      break;
  }
  return streamError('CONNECTION', `The broker ${host} closed the connection.`);
}

/** Refusals but for 4 and 5, which are about the token (MQTT 3.1.1, 3.2.2.3). */
function explainRefusal(returnCode: number, host: string): VendorError {
  const text = `The broker ${host} refused the connection with return code ${returnCode}`;
  switch (returnCode) {
    case 1:
      return streamError('CONFIGURATION', `${text}: it does not speak MQTT 3.1.1.`);
    case 2:
      return streamError('FORBIDDEN', `${text}: it does not accept the MQTT client id.`);
    case 3:
      return streamError('CONNECTION', `${text}: it is not available.`);
    default:
      return streamError('FORBIDDEN', `${text}.`);
  }
}

function explainFailure(code: string, host: string, wasReady: boolean): VendorError {
  if (isCertificateCode(code)) {
    return streamError(
      'CERTIFICATE',
      `The certificate of the broker ${host} was not accepted (${code}).`,
      'If the authority of the broker is a private one, give its certificate in `ca`.',
    );
  }
  if (code === 'TIMEOUT') {
    return streamError('TIMEOUT', `The broker ${host} did not answer in time.`);
  }
  if (code === 'SILENT') {
    return streamError('CONNECTION', `The broker ${host} no longer answers.`);
  }
  if (code === 'NOT_MQTT') {
    return streamError('CONNECTION', `What came from the broker ${host} is not MQTT.`);
  }
  // A broker that answered before is being restarted behind its proxy.
  if (code.startsWith('HTTP_4') && !wasReady) {
    const status = code.slice('HTTP_'.length);
    const text = `${host} does not offer MQTT over WebSocket there: HTTP ${status}.`;
    return streamError('CONFIGURATION', text, 'Check the path of `brokerUrl`.');
  }
  return streamError('CONNECTION', `The connection to the broker ${host} failed (${code}).`);
}
