-- Triggers and rules. Of those that a partition has because of its parent only that they fire otherwise.
WITH {common}
SELECT relation.model, 'trigger "' || trigger.tgname || '" of ' || relation.title, relation.title, trigger.tgname,
       pg_catalog.concat_ws(' ',
           pg_catalog.pg_get_triggerdef(trigger.oid),
           CASE trigger.tgenabled WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLED FOR REPLICA'
                                  WHEN 'A' THEN 'ENABLED ALWAYS' END,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(trigger.oid, 'pg_trigger'))),
       '',
       CASE WHEN trigger.tgqual IS NOT NULL AND trigger.tgenabled = 'O'
                 AND pg_catalog.obj_description(trigger.oid, 'pg_trigger') IS NULL THEN
           pg_catalog.format('DROP TRIGGER %I ON %s; %s', trigger.tgname, relation.oid::pg_catalog.regclass,
                             pg_catalog.pg_get_triggerdef(trigger.oid)) END
  FROM relation JOIN pg_catalog.pg_trigger AS trigger ON trigger.tgrelid = relation.oid
 WHERE NOT trigger.tgisinternal AND COALESCE(pg_catalog.to_jsonb(trigger) ->> 'tgparentid', '0') = '0'
UNION ALL
SELECT relation.model, 'state of trigger "' || trigger.tgname || '" of ' || relation.title, relation.title,
       trigger.tgname,
       CASE trigger.tgenabled WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLED FOR REPLICA' WHEN 'A' THEN 'ENABLED ALWAYS'
                              ELSE 'ENABLED' END,
       '', NULL
  FROM relation JOIN pg_catalog.pg_trigger AS trigger ON trigger.tgrelid = relation.oid
  JOIN pg_catalog.pg_trigger AS above
    ON above.oid::pg_catalog.text = pg_catalog.to_jsonb(trigger) ->> 'tgparentid' AND above.tgenabled <> trigger.tgenabled
 WHERE NOT trigger.tgisinternal
UNION ALL
SELECT relation.model, 'rule "' || rule.rulename || '" of ' || relation.title, relation.title, rule.rulename,
       pg_catalog.concat_ws(' ',
           pg_catalog.pg_get_ruledef(rule.oid),
           CASE rule.ev_enabled WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLED FOR REPLICA'
                                WHEN 'A' THEN 'ENABLED ALWAYS' END,
           'COMMENT ' || pg_catalog.quote_literal(pg_catalog.obj_description(rule.oid, 'pg_rewrite'))),
       '',
       pg_catalog.regexp_replace(pg_catalog.pg_get_ruledef(rule.oid), '^CREATE RULE', 'CREATE OR REPLACE RULE')
  FROM relation JOIN pg_catalog.pg_rewrite AS rule ON rule.ev_class = relation.oid
 WHERE rule.rulename <> '_RETURN'
