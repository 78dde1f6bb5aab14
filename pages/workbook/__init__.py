"""The live workbook: the whole model as spreadsheet formulas, beside what the app shows."""
