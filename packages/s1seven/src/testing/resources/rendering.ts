import type { EmulatorAnswer } from '@vendorkit/core/testing';
import { fileAnswer } from '../vendor/answers.ts';
import type { EmulatedCertificate } from './certificate.ts';

/** A certificate to look at. It shows the schema's address and no more. */
export function rendered(certificate: EmulatedCertificate, type: 'html' | 'pdf'): EmulatorAnswer {
  const { RefSchemaUrl } = certificate;
  return type === 'pdf'
    ? fileAnswer('application/pdf', pdf(RefSchemaUrl))
    : fileAnswer('text/html; charset=utf-8', html(RefSchemaUrl));
}

function html(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!DOCTYPE html><html><head><title>Certificate</title></head><body><p>${escaped}</p></body></html>`;
}

/** A page with one line (ISO 32000-1). */
function pdf(text: string): Buffer {
  const line = text.replaceAll(/[\\()]/g, String.raw`\$&`);
  const content = `BT /F1 12 Tf 72 770 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  // Four bytes that are no text: whoever decodes the file as UTF-8 damages it.
  let file = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(`${file}${table}${trailer}`, 'latin1');
}
