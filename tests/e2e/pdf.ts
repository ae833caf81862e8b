// Makes small valid PDFs, so that the journeys need no files from elsewhere.
export type Page = { title?: string; lines: string[] };

const escape = (text: string) => text.replace(/[\\()]/g, (c) => `\\${c}`);

/** A PDF with Times at 11 points; a page's title stands above in 20 points. */
export function makePdf(pages: Page[]): Buffer {
  const objects: string[] = [];
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(' ');
  objects.push('<</Type/Catalog/Pages 2 0 R>>');
  objects.push(`<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`);
  objects.push('<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>');
  pages.forEach((page, index) => {
    const content = [
      'BT',
      ...(page.title ? ['/F1 20 Tf', '72 760 Td', `(${escape(page.title)}) Tj`, '0 -40 Td'] : ['72 760 Td']),
      '/F1 11 Tf',
      '14 TL',
      ...page.lines.map((line) => `(${escape(line)}) Tj T*`),
      'ET',
    ].join('\n');
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${5 + 2 * index} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
    );
    objects.push(`<</Length ${content.length}>>\nstream\n${content}\nendstream`);
  });
  let out = '%PDF-1.5\n';
  const offsets = objects.map((object, index) => {
    const at = out.length;
    out += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  out += offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  out += `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** Twenty papers, each with a sentence of its own on page 7 (or its last page). */
export function makePapers(count: number): { name: string; buffer: Buffer; mimeType: string; title: string }[] {
  const subjects = ['Harbours', 'Lichens', 'Glaciers', 'Pollen', 'Estuaries', 'Beetles', 'Dunes', 'Sediments'];
  return Array.from({ length: count }, (_, n) => {
    const title = `Slow Measurements of ${subjects[n % subjects.length]} in Year ${1990 + n}`;
    const pages: Page[] = Array.from({ length: 8 }, (_, page) => ({
      ...(page === 0 ? { title } : {}),
      lines: [
        ...(page === 0 ? ['Anna Muster and Bert Probe', '', 'Abstract'] : [`${page + 1} Section ${page + 1}`]),
        ...Array.from({ length: 30 }, (_, line) => `Line ${line + 1} of page ${page + 1} tells of careful and patient work.`),
        ...(page === 6 ? [`The amber gauge number ${n + 1} stood still at dusk.`] : []),
      ],
    }));
    return { name: `paper_${n + 1}.pdf`, buffer: makePdf(pages), mimeType: 'application/pdf', title };
  });
}
