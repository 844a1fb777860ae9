import {
  assumedRecord,
  assumedResult,
  mapOf,
  operation,
  record,
  result,
  service,
  type SchemaTypes,
} from './notation.ts';
import { requestId } from './shared-types.ts';

/** `AvailabilityService`: the vendor's pages and public clients; four of its results are assumed. */
export const availabilityService = service('AvailabilityService', {
  getAvailableThemeAndLanguage: operation(
    { passId: 'long', timeslotIds: 'long*' },
    'ThemeAndLanguageResult',
  ),
  getEventAvailability: operation(
    {
      ...requestId,
      pointOfSalesId: 'long',
      eventIds: 'long*',
      performanceIds: 'long*',
      seatCategoryIds: 'long*',
      contingentIds: 'long*',
      composedProductId: 'long~',
      advantageId: 'long~',
    },
    'EventAvailabilityResult',
  ),
  getProductAvailability: operation(
    { ...requestId, pointOfSalesId: 'long', productIds: 'long*' },
    'ProductAvailabilityResult',
    'parameters',
    'result',
  ),
  getPerformanceAvailability: operation(
    { ...requestId, pointOfSalesId: 'long', performanceIds: 'long*' },
    'PerformanceAvailabilityResult',
    'parameters',
    'result',
  ),
  getSeatsAvailability: operation(
    { ...requestId, pointOfSalesId: 'long', performanceId: 'long' },
    'SeatsAvailabilityResult',
    'parameters',
    'result',
  ),
  getUpdatedAvailabilities: operation(
    { pointOfSalesId: 'long', productIds: 'long*', referenceDate: 'dateTime' },
    'UpdatedAvailabilitiesResult',
    'result',
  ),
});

/** What the availability speaks of. */
export const availabilityTypes: SchemaTypes = {
  ThemeAndLanguageResult: assumedResult({ languagesByTheme: 'LanguagesByTheme' }),
  LanguagesByTheme: mapOf('string'),
  EventAvailabilityResult: assumedResult({ eventAvailabilityData: 'PerformanceAvailability*' }),
  PerformanceAvailabilityResult: assumedResult({
    performanceAvailabilityData: 'PerformanceAvailability*',
  }),
  PerformanceAvailability: assumedRecord({
    performanceId: 'long!',
    availabilityLevel: 'string',
    quantity: 'int',
  }),
  ProductAvailabilityResult: assumedResult({ productAvailabilityData: 'ProductAvailability*' }),
  ProductAvailability: assumedRecord({ productId: 'long!', quantity: 'int' }),
  SeatsAvailabilityResult: assumedResult({ seatIds: 'long*' }),
  UpdatedAvailabilitiesResult: result({ availabilityUpdateData: 'AvailabilityUpdate*' }),
  AvailabilityUpdate: record({ productId: 'long!', lastUpdate: 'dateTime' }),
};
