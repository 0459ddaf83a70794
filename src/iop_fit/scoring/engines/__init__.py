"""The engines that run the SQL, and the files that they read and write."""
