export {
  audienceSubCategories,
  currency,
  initialStock,
  pointOfSale,
  priceLevels,
  seasons,
  vatCodes,
  type Performance,
  type Price,
  type Product,
  type Season,
} from './catalogue.ts';
export { museumContacts, type MuseumContact } from './contacts.ts';
