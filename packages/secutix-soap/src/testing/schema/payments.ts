import { assumedResult, operation, record, service, type SchemaTypes } from './notation.ts';
import { requestId } from './shared-types.ts';

/** `ExternalPaymentService`: the vendor's pages. */
export const paymentService = service('ExternalPaymentService', {
  cancelPayment: operation({ ...requestId, paymentIds: 'long*' }, 'WebMethodResult'),
  checkPayment: operation(
    { ...requestId, orderId: 'long', payments: 'Payment*' },
    'PaymentDetailResult',
  ),
});

/** What payments speak of. */
export const paymentTypes: SchemaTypes = {
  Payment: record({ amount: 'long!', paymentMethodId: 'long' }),
  PaymentDetailResult: assumedResult({ payments: 'Payment*' }),
};
