// The thread in which the PDF library takes a file apart, built into a file of our own.
import 'pdfjs-dist/legacy/build/pdf.worker.min.mjs';
