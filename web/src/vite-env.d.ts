/// <reference types="vite/client" />

/** Address below which pdf.js finds its character maps, fonts and decoders. */
declare const __PDFJS_BASE__: string
