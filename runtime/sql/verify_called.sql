-- What is in no schema and was made just now, and what it is called in truth.
called (other, name) AS (VALUES {things})
