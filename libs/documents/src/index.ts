export { AdministrativeDocument, type Block, DOCX } from './administrative-document.js';
export { type Issuer, issuerOf } from './issuer.js';
