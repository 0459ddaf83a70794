"""Every sentence of a result, as blocks."""
