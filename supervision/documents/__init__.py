"""Papers as Word documents in the form of GB/T 9704-2012: plain values in, a file out."""

from supervision.documents.paper import paper_docx
