-- category: U unreserved, C cannot name a function or type, T can name only these, R reserved.
select word, catcode as category from pg_get_keywords();
