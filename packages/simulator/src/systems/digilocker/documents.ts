/** Documents of the simulated issuer. People and numbers are made up. */

export interface IssuedDocument {
  uri: string;
  type: string;
  /** What the owner must know to find it, beside the name. */
  number: string;
  owner: string;
  /** DD-MM-YYYY. */
  born: string;
  title: string;
}

export const DOCUMENTS: readonly IssuedDocument[] = [
  issued('PANCR', 'DEMPA0001D', 'PAN card'),
  issued('DRVLC', 'MH0120260000001', 'Driving licence'),
  issued('RVCER', 'MH01DM0001', 'Vehicle registration'),
  issued('VEHIN', 'DEMO-INS-000001', 'Vehicle insurance'),
  issued('SSCER', '1000001', 'Class X marksheet'),
  issued('HSCER', '2000001', 'Class XII marksheet'),
];

function issued(type: string, number: string, title: string): IssuedDocument {
  return { uri: `in.demo.invalid-${type}-${number}`, type, number, owner: 'Asha Kulkarni', born: '14-08-1992', title };
}
