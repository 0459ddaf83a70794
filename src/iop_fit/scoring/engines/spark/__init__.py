"""Apache Spark, the engine for tables that outgrow one machine."""
