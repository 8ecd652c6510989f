-- About how many rows a table has, with its partitions and children, as the planner estimates it: from its size now, and also
-- where its rows were never counted.
EXPLAIN (FORMAT JSON) SELECT FROM {table}
