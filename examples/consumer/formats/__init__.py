"""The files that applications read, one module per format: values in, text out."""
