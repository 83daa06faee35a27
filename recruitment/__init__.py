"""The law of fair recruitment: employers, vacancies and the checks that protect the worker."""
