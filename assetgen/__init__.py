"""Turn a spreadsheet and a brand into platform-sized assets."""
