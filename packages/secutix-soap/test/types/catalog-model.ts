import type { ServiceModel } from '../../src/wsdl/model.ts';
import { ModelBuilder } from './models.ts';

/** A service as large as life in small: everything that a description can say stands in it once. */
export function catalogModel(): ServiceModel {
  const build = new ModelBuilder();
  const { optional, many, nillable } = { optional: true, many: true, nillable: true } as const;

  const webMethodResult = build.complex(
    {
      name: 'webMethodResult',
      documentation: 'What every answer has.\n\n   See the list of codes.  ',
    },
    [
      build.field('statusCode', 'string', { optional }),
      build.field('statusDetail', 'string', { optional, nillable }),
      build.field('requestId', 'long', { optional }),
    ],
  );
  const state = build.enumeration(
    ['RUNNING', 'CANCELED', "IT'S OVER", 'NOT_YET_ON_SALE_BUT_SOON', 'SUSPENDED_FOR_A_WHILE'],
    'productState',
    'The state of a product.',
  );
  const amount = build.complex(
    { name: 'amount', text: build.builtin('decimal') },
    [],
    [build.attribute('currency', 'string', { required: true }), build.attribute('vat-rate', 'int')],
  );
  const translations = build.complex({}, [
    build.field(
      'entry',
      build.complex({}, [
        build.field('key', 'string', { optional }),
        build.field('value', 'string', { optional }),
      ]),
      { optional, many },
    ),
  ]);
  const product = build.complex({ name: 'product', documentation: 'Something that is sold.' });
  const productFields = [
    build.field('id', 'long', { documentation: 'Never changes. */ Ask support@example.com.' }),
    build.field('code', 'string'),
    build.field('state', state, { optional }),
    build.field('labels', translations, { optional }),
    build.field('price', amount, { optional }),
    build.field('picture', 'base64Binary', { optional }),
    build.field('onSaleFrom', 'dateTime', { optional, nillable }),
    build.field(
      'channels',
      build.type({ kind: 'simple', namespace: '', builtin: 'string', list: true }),
      {
        optional,
      },
    ),
    build.field('related', product, { optional, many }),
  ];
  build.setFields(product, productFields);
  build.extension(product, { name: 'pass' }, [build.field('validity-days', 'int')]);
  const performances = build.complex({}, [
    build.field('start', 'dateTime'),
    build.field('category', build.enumeration(['A', 'B']), { optional }),
    build.field(
      'remark',
      build.complex({ mixed: true }, [build.field('bold', 'string', { optional, many })]),
      {
        optional,
      },
    ),
  ]);
  build.extension(product, { name: 'event' }, [
    build.field('performance', performances, { optional, many }),
  ]);
  const filter = build.complex({ name: 'product.filter' }, [
    build.field('text', 'string', { optional, choice: 1, branch: 1 }),
    build.field('from', 'date', { optional, choice: 1, branch: 2 }),
    build.field('to', 'date', { optional, choice: 1, branch: 2 }),
    build.field('ids', 'long', { optional, many }),
    build.field('states', state, { optional, many }),
    build.field('maximum', 'int', { nillable }),
    build.field('exact', 'boolean'),
  ]);
  const contact = build.complex({ name: 'contact' }, [
    build.field('name', 'string', { optional }),
    build.field('birthday', 'string', { optional }),
  ]);
  const extensible = build.complex({ name: 'extensible', open: true }, [build.field('id', 'long')]);

  const catalogResult = build.extension(webMethodResult, { name: 'catalogResult' }, [
    build.field('products', product, { optional, many }),
    build.field('featured', product, { optional }),
    build.field('extensions', extensible, { optional }),
    build.field('anything', 'anyType', { optional }),
  ]);
  build.wrapped(
    'getCatalog',
    [
      build.field('requestId', 'long', { optional }),
      build.field('seasonCode', 'string', {
        documentation: 'The season, for instance `2026`.',
      }),
      build.field('filter', filter, { optional }),
    ],
    catalogResult,
    'The catalogue of the point of sale.\n@deprecated since 1.34 */ see getCatalogDetailed',
  );
  build.wrapped(
    'saveProduct',
    [
      build.field('product', product),
      build.field('contact', contact, { optional }),
      build.field('labels', translations, { optional }),
      build.field('note', 'anyType', { optional }),
    ],
    webMethodResult,
  );
  build.wrapped('getContact', [build.field('contactNumber', 'string')], contact);
  build.operation(
    'listSeasons',
    build.complex({}, []),
    build.complex({}, [build.field('season', 'string', { optional, many })]),
  );
  build.wrapped('isCatalogServiceAlive', [], 'boolean');
  build.operation('forget', build.complex({}, [build.field('id', 'long')]), null);
  return build.build({ documentation: 'What an institution sells.' });
}
