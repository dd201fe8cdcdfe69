"""What the generated pages of docs/ are written from: `make documents` writes them anew."""
