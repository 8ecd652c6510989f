-- What the queries share. A thing's owner is the extension that brought it, '' for the server itself, and null for what
-- is neither (what another extension of the session brought is simply not asked for). Of information_schema there are
-- the tables and views, and the domains that their columns have, which are called by their qualified names.

create function pg_temp.member_of(class regclass, object oid) returns name language sql as $$
    select e.extname
      from pg_depend d join pg_extension e on e.oid = d.refobjid
     where d.classid = class and d.objid = object and d.refclassid = 'pg_extension'::regclass and d.deptype = 'e'
$$;

create function pg_temp.owner(class regclass, object oid, namespace oid) returns name language sql as $$
    select coalesce(pg_temp.member_of(class, object), case when namespace = 'pg_catalog'::regnamespace then '' end)
$$;

-- Array, row and multirange types belong to what they were made for.
create function pg_temp.type_owner(type oid) returns name language plpgsql as $$
declare
    row pg_type;
    made_for oid;
begin
    select * into row from pg_type where oid = type;
    if row.typrelid <> 0 and pg_temp.member_of('pg_class', row.typrelid) is not null then
        return pg_temp.member_of('pg_class', row.typrelid);
    end if;
    select oid into made_for from pg_type where typarray = type;
    if made_for is null and current_setting('server_version_num')::int >= 140000 then
        execute 'select rngtypid from pg_range where rngmultitypid = $1' into made_for using type;
    end if;
    if made_for is not null then
        return pg_temp.type_owner(made_for);
    end if;
    if row.typtype = 'd' and row.typnamespace = 'information_schema'::regnamespace then
        return '';
    end if;
    return pg_temp.owner('pg_type', type, row.typnamespace);
end
$$;

create function pg_temp.type_name(type oid) returns text language sql as $$
    select coalesce((select case when typnamespace = 'information_schema'::regnamespace then 'information_schema.'
                                 else '' end || typname
                       from pg_type where oid = type), '')
$$;

create function pg_temp.type_names(types oid[]) returns text language sql as $$
    select coalesce(string_agg(t.typname, ',' order by a.place), '')
      from unnest(types) with ordinality a (type, place) join pg_type t on t.oid = a.type
$$;

create function pg_temp.volatility(function oid) returns text language sql as $$
    select provolatile::text from pg_proc where oid = function
$$;

-- The range, for a multirange type; 0 for others.
create function pg_temp.range_of(multirange oid) returns oid language plpgsql as $$
declare
    range oid;
begin
    if current_setting('server_version_num')::int >= 140000 then
        execute 'select rngtypid from pg_range where rngmultitypid = $1' into range using multirange;
    end if;
    return coalesce(range, 0);
end
$$;

-- What the server answers to one storage parameter of one kind of relation, as an error's message and detail.
create table pg_temp.probe_table (number int4, place point, list int4[]);

create function pg_temp.storage_answer(kind text, name text, value text, out message text, out detail text)
language plpgsql as $$
begin
    begin
        execute format(
            case kind
                when 'table' then 'create table pg_temp.probe (number int4) with (%I = %L)'
                when 'toast' then 'create table pg_temp.probe (number int4, words text) with (toast.%I = %L)'
                when 'partitioned table' then
                    'create table pg_temp.probe (number int4) partition by list (number) with (%I = %L)'
                when 'view' then 'create temp view probe with (%I = %L) as select number from pg_temp.probe_table'
                else 'create index probe on pg_temp.probe_table using ' || quote_ident(kind)
                     || case kind when 'gin' then ' (list)' when 'gist' then ' (place)' when 'spgist' then ' (place)'
                                  else ' (number)' end
                     || ' with (%I = %L)'
            end, name, value);
        raise exception 'accepted';
    exception when others then
        get stacked diagnostics message = message_text, detail = pg_exception_detail;
    end;
end
$$;

-- A parameter's type and limits, from what the server says to values that cannot be right; no row when it has none.
create function pg_temp.storage_parameter(kind text, name text, out type text, out minimum text, out maximum text,
                                          out "values" text) returns setof record
language plpgsql as $$
declare
    wrong text := (pg_temp.storage_answer(kind, name, 'wrong')).message;
    limits text[];
begin
    type := coalesce(substring(wrong from '^invalid value for (\w+)'),
                     case when wrong ~ '^invalid value for "' then 'enum' end);     -- so in 12
    if type is null then
        return;
    end if;
    type := case type when 'floating' then 'real' else type end;
    if type in ('integer', 'real') then
        limits := regexp_match((pg_temp.storage_answer(kind, name, case type when 'real' then '-1e300'
                                                                   else '-2147483648' end)).detail,
                               '"([-0-9.]+)" and "([-0-9.]+)"');
        minimum := limits[1]::numeric;
        maximum := limits[2]::numeric;
        minimum := case when minimum like '%.%' then rtrim(rtrim(minimum, '0'), '.') else minimum end;
        maximum := case when maximum like '%.%' then rtrim(rtrim(maximum, '0'), '.') else maximum end;
    elsif type = 'enum' then
        "values" := (select string_agg(word, ',' order by place)
                       from unnest('{on,off,auto,true,false,yes,no,1,0,local,cascaded}'::text[])
                            with ordinality w (word, place)
                      where (pg_temp.storage_answer(kind, name, word)).message = 'accepted');
    end if;
    minimum := coalesce(minimum, '');
    maximum := coalesce(maximum, '');
    "values" := coalesce("values", '');
    return next;
end
$$;
