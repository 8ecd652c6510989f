// json.mjs PAGE FILE...: every line of the files is an object that --json printed; the page documents them. Prints what
// of the one the other does not have.
import { readFileSync } from 'node:fs';

const [page, ...files] = process.argv.slice(2);
const documented = new Map();   // verb → paths → type
let verbs = [];
for (const line of readFileSync(page, 'utf8').split('\n')) {
    if (line.startsWith('## ')) {
        verbs = line.slice(3).split(', ');
        for (const verb of verbs) documented.set(verb, documented.get(verb) ?? new Map());
    }
    const row = /^\| `([^`]+)` \| ([^|]+) \|/.exec(line);
    if (row) for (const verb of verbs) documented.get(verb).set(row[1], row[2].split(' or '));
}

const types = { text: 'string', number: 'number', truth: 'boolean' };
const fits = (value, allowed) => allowed.some((type) =>
    type === 'null' ? value === null
        : type === 'list' ? Array.isArray(value)
            : type === 'object' ? value !== null && typeof value === 'object' && !Array.isArray(value)
                : typeof value === types[type]);
const seen = new Set();
const problems = new Set();

function walk(command, path, value) {
    const every = documented.get('every verb');
    const known = every.get(path) ?? documented.get(command)?.get(path) ??
        (command === 'baseline' ? documented.get('verify').get(path) : undefined);
    if (path !== '' && !path.endsWith('[]')) {
        if (known === undefined) problems.add(`not documented: ${path} of ${command}`);
        else if (!fits(value, known)) problems.add(`another type than documented: ${path} of ${command}`);
        seen.add(every.has(path) ? `every verb ${path}` : `${command} ${path}`);
    }
    if (Array.isArray(value)) for (const element of value) walk(command, `${path}[]`, element);
    else if (value !== null && typeof value === 'object')
        for (const [name, member] of Object.entries(value)) walk(command, path === '' ? name : `${path}.${name}`, member);
}

for (const file of files)
    for (const line of readFileSync(file, 'utf8').split('\n').filter((text) => text !== '')) {
        const object = JSON.parse(line);
        walk(object.command, '', object);
    }
for (const [verb, paths] of documented)
    for (const path of paths.keys())
        if (!seen.has(`${verb} ${path}`)) problems.add(`documented, and never printed here: ${path} of ${verb}`);
console.log([...problems].sort().join('\n'));
